/** Files that came with a call: kept once, named by the messages of their execution, and given to who may read those. */
@NullMarked
package dev.weft.execution.attachment;

import org.jspecify.annotations.NullMarked;
