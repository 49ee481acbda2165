/**
 * Outgoing calls on behalf of tenants: {@link EgressGuard} keeps them out of the installation's own networks, unless
 * the operator allows it. {@link WebAddress} is an address as tenants write it, {@link ShownText} removes passwords
 * from addresses in texts.
 */
@NullMarked
package dev.weft.common.egress;

import org.jspecify.annotations.NullMarked;
