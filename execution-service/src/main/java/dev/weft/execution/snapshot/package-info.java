/** What a step remembers between messages: one value for each flow and step (sailor-runtime 12). */
@NullMarked
package dev.weft.execution.snapshot;

import org.jspecify.annotations.NullMarked;
