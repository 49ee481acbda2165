/** What steps hand to HTTP and take from it: addresses, headers, texts in their charsets. Nothing is changed in silence. */
@NullMarked
package dev.weft.execution.wire;

import org.jspecify.annotations.NullMarked;
