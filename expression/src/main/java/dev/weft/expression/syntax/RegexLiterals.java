package dev.weft.expression.syntax;

import dev.weft.expression.regex.Regex;
import dev.weft.expression.value.ExpressionFault;
import java.util.List;

/**
 * The text of an expression prepared for the parser, which would read regular expressions as Java's: each is replaced
 * by a placeholder of the same length, whose first character is its index in the list of the real ones.
 *
 * @param text    the expression with the placeholders
 * @param regexes the real ones
 * @param levels  an upper bound of how deep it nests: the brackets that are open at a place, and the operators before
 *                it in each
 */
record RegexLiterals(String text, List<Regex> regexes, int levels) {

    /** The place of the first in the list. */
    static final char FIRST = '\uE000';

    static RegexLiterals of(String text) {
        return new RegexScan(text).literals();
    }

    /** The one that stands for what the parser has read. */
    Regex find(String read) {
        var place = read.isEmpty() ? -1 : read.charAt(0) - FIRST;
        if (place < 0 || place >= regexes.size()) {
            // The parser sees a regular expression where the scan saw a division.
            throw ExpressionFault.of("S0302");
        }
        return regexes.get(place);
    }
}
