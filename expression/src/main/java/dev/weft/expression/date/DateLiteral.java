package dev.weft.expression.date;

/** A part of a picture that is written as it is. */
record DateLiteral(String text) implements DatePart {}
