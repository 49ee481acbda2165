/** What happens to flows when their contract is suspended or their workspace deleted. */
@NullMarked
package dev.weft.flow.closure;

import org.jspecify.annotations.NullMarked;
