/** Load drivers and the demo: programs that use an installation from outside, as anyone could. */
@NullMarked
package dev.weft.bench;

import org.jspecify.annotations.NullMarked;
