/** The copy of each tenant's policy, what keeps it new, and how roles are given while others may be removed. */
@NullMarked
package dev.weft.workspace.policy;

import org.jspecify.annotations.NullMarked;
