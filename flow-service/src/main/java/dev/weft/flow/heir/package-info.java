/** Whose flows and drafts are when their owner has left the workspace. */
@NullMarked
package dev.weft.flow.heir;

import org.jspecify.annotations.NullMarked;
