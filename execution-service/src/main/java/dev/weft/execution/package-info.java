/** execution-service: runs flows, and tells what happened. */
@NullMarked
package dev.weft.execution;

import org.jspecify.annotations.NullMarked;
