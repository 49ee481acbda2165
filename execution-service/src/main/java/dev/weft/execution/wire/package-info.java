/** Values that steps exchange with HTTP: addresses, headers, texts in their charsets. Nothing is changed silently. */
@NullMarked
package dev.weft.execution.wire;

import org.jspecify.annotations.NullMarked;
