/** What callers may do, and the client that asks. */
@NullMarked
package dev.weft.common.access;

import org.jspecify.annotations.NullMarked;
