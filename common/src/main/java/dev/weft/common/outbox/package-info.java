/** What is to be told of a change: stored with it in one write, and sent until the broker has it. */
@NullMarked
package dev.weft.common.outbox;

import org.jspecify.annotations.NullMarked;
