/** The permissions of callers, and the client that checks them. */
@NullMarked
package dev.weft.common.access;

import org.jspecify.annotations.NullMarked;
