/** What went wrong with a message: failures, how the error handler and the waiting caller hear of them, and poison. */
@NullMarked
package dev.weft.execution.failure;

import org.jspecify.annotations.NullMarked;
