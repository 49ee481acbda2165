/** One real flow for a newcomer to watch. */
@NullMarked
package dev.weft.bench.demo;

import org.jspecify.annotations.NullMarked;
