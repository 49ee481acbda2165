/** From the text of an expression to its syntax tree, regular expressions included. */
@NullMarked
package dev.weft.expression.syntax;

import org.jspecify.annotations.NullMarked;
