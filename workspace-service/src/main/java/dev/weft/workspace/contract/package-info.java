/** Contracts and their members. */
@NullMarked
package dev.weft.workspace.contract;

import org.jspecify.annotations.NullMarked;
