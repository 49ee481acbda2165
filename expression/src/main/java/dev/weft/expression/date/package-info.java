/** Times written and read by pictures such as {@code [Y0001]-[M01]-[D01]}. */
@NullMarked
package dev.weft.expression.date;

import org.jspecify.annotations.NullMarked;
