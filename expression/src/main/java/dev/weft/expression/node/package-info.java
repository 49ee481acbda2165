/** What every part of an expression has in common: a node that evaluates itself, and what may stand behind it. */
@NullMarked
package dev.weft.expression.node;

import org.jspecify.annotations.NullMarked;
