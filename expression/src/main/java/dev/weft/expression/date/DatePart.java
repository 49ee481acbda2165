package dev.weft.expression.date;

/** A part of a picture: a literal or a marker. */
sealed interface DatePart permits DateLiteral, DateMarker {}
