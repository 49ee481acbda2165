/**
 * Calls out on behalf of tenants: {@link HttpCaller} makes one, {@link HttpRedirects} follows where it leads, and {@link
 * EgressGuard} lets none into the installation's own networks, unless its operator allows it.
 */
@NullMarked
package dev.weft.common.egress;

import org.jspecify.annotations.NullMarked;
