/** The protocol of foreign components: what their processes, the sailors, publish about the messages they are given. */
@NullMarked
package dev.weft.execution.sailor;

import org.jspecify.annotations.NullMarked;
