/** Credentials: what components log in with, encrypted at rest and masked for those who may only look. */
@NullMarked
package dev.weft.workspace.credential;

import org.jspecify.annotations.NullMarked;
