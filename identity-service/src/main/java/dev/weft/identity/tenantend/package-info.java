/** The end of a tenant: whether it may go, and how everything of it goes. */
@NullMarked
package dev.weft.identity.tenantend;

import org.jspecify.annotations.NullMarked;
