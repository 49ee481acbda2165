/** Messages about a change: stored with it in one write, and sent until the broker has them. */
@NullMarked
package dev.weft.common.outbox;

import org.jspecify.annotations.NullMarked;
