package dev.weft.expression.date;

/** Stands for itself. */
record DateLiteral(String text) implements DatePart {}
