/** Starting, stopping, suspending and running flows: the wishes, and what execution-service reports about them. */
@NullMarked
package dev.weft.flow.lifecycle;

import org.jspecify.annotations.NullMarked;
