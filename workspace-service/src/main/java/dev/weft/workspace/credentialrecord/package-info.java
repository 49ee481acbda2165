/** What is kept of a credential, its keys locked, and where. */
@NullMarked
package dev.weft.workspace.credentialrecord;

import org.jspecify.annotations.NullMarked;
