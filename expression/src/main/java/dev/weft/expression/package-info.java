/**
 * The language JSONata: parsing, evaluation and built-in functions, for JSON values. It knows nothing of flows and
 * messages.
 */
@NullMarked
package dev.weft.expression;

import org.jspecify.annotations.NullMarked;
