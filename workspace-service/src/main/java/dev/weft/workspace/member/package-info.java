/** Members of contracts and workspaces, as callers see, add, change and remove them. */
@NullMarked
package dev.weft.workspace.member;

import org.jspecify.annotations.NullMarked;
