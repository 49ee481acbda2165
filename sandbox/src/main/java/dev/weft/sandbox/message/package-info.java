/** Evaluates expressions for messages, here and in the service. */
@NullMarked
package dev.weft.sandbox.message;

import org.jspecify.annotations.NullMarked;
