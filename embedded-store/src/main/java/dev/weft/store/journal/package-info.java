/** The journal of changes that makes an acknowledged write outlive the process before the store's file has it. */
@NullMarked
package dev.weft.store.journal;

import org.jspecify.annotations.NullMarked;
