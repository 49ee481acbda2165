/** Where we connect to on behalf of tenants: never into the installation's own networks, unless its operator allows it. */
@NullMarked
package dev.weft.common.egress;

import org.jspecify.annotations.NullMarked;
