/** What is kept of a workspace, and where. */
@NullMarked
package dev.weft.workspace.workspacerecord;

import org.jspecify.annotations.NullMarked;
