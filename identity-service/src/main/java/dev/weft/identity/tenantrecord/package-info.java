/** Tenants as they are stored. */
@NullMarked
package dev.weft.identity.tenantrecord;

import org.jspecify.annotations.NullMarked;
