/** What all parts of an expression have in common: a node that evaluates itself, and its suffixes. */
@NullMarked
package dev.weft.expression.node;

import org.jspecify.annotations.NullMarked;
