/** The language JSONata: its evaluation and its functions, for values of JSON; knows nothing of flows and messages. */
@NullMarked
package dev.weft.expression;

import org.jspecify.annotations.NullMarked;
