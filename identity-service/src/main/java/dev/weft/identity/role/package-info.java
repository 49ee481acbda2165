/** Roles of a tenant and what they grant in it. */
@NullMarked
package dev.weft.identity.role;

import org.jspecify.annotations.NullMarked;
