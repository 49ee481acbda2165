/** The policy of a tenant: its roles, and what each of them grants. */
@NullMarked
package dev.weft.identity.policy;

import org.jspecify.annotations.NullMarked;
