/** Support access: who helps the members of a workspace, let in and shown out by them (api-v2 6.6). */
@NullMarked
package dev.weft.workspace.support;

import org.jspecify.annotations.NullMarked;
