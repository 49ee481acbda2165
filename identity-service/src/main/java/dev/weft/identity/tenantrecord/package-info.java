/** What is kept of a tenant, and where. */
@NullMarked
package dev.weft.identity.tenantrecord;

import org.jspecify.annotations.NullMarked;
