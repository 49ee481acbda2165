/** What identity-service says of tenants. */
@NullMarked
package dev.weft.workspace.tenant;

import org.jspecify.annotations.NullMarked;
