/** JSONata as flows use it: expressions of edges and fields, compiled once, evaluated per message within bounds. */
@NullMarked
package dev.weft.execution.mapping;

import org.jspecify.annotations.NullMarked;
