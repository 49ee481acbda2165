/** To whom flows belong when their owners leave. */
@NullMarked
package dev.weft.flow.ownership;

import org.jspecify.annotations.NullMarked;
