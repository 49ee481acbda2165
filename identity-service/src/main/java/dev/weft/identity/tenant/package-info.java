/** Tenants: the customers of an installation, with their settings and administrators. */
@NullMarked
package dev.weft.identity.tenant;

import org.jspecify.annotations.NullMarked;
