/** Calls HTTP services, and answers the caller of a webhook. */
@NullMarked
package dev.weft.execution.builtin.http;

import org.jspecify.annotations.NullMarked;
