/** What a component asks for in its credentials: fields, how they are checked and what of them is secret. */
@NullMarked
package dev.weft.workspace.credentialfield;

import org.jspecify.annotations.NullMarked;
