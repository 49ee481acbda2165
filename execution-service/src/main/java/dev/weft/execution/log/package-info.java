/** The log of flows: lines that steps wrote and errors left, searched by workspace. */
@NullMarked
package dev.weft.execution.log;

import org.jspecify.annotations.NullMarked;
