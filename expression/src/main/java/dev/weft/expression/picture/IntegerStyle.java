package dev.weft.expression.picture;

/** One of the ways in which integers are written. */
sealed interface IntegerStyle permits AlphabetNumbers, DecimalDigits, NumberWords, RomanNumerals {

    /** @param value not negative */
    String format(double value);

    /** What a text of it looks like. */
    String regex();

    /** Not a number when the text is none. */
    double parse(String text);
}
