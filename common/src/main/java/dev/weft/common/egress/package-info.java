/**
 * Where calls out on behalf of tenants may go: {@link EgressGuard} lets none into the installation's own networks, unless its
 * operator allows it. {@link WebAddress} is an address as tenants write it, {@link ShownText} what may be shown of one.
 */
@NullMarked
package dev.weft.common.egress;

import org.jspecify.annotations.NullMarked;
