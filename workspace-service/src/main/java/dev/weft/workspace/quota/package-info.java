/** Quotas: how much of what a tenant, contract or workspace may have (api-v2 12). */
@NullMarked
package dev.weft.workspace.quota;

import org.jspecify.annotations.NullMarked;
