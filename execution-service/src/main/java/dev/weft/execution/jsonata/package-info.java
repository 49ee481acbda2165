/** How expressions are evaluated: those whose cost is linear here, on watched threads, all others in the sandbox. */
@NullMarked
package dev.weft.execution.jsonata;

import org.jspecify.annotations.NullMarked;
