/** Whether a caller may do something here: roles, what they grant, and the answer to all services. */
@NullMarked
package dev.weft.workspace.permission;

import org.jspecify.annotations.NullMarked;
