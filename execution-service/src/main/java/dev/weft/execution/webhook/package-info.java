/** What the gateway must know of a flow to let calls in. */
@NullMarked
package dev.weft.execution.webhook;

import org.jspecify.annotations.NullMarked;
