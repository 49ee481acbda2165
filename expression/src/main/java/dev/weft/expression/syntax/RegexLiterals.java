package dev.weft.expression.syntax;

import dev.weft.expression.regex.Regex;
import dev.weft.expression.value.ExpressionFault;
import java.util.List;

/**
 * What must be known of the text of an expression before it is parsed: its regular expressions, and how deep it nests.
 * The parser would read the regular expressions as Java's, so it is given others of the same length in their places.
 * The first character of each tells its place in the list of the real ones.
 *
 * @param text    the expression with those
 * @param regexes the real ones
 * @param levels  how deep it nests, at most: what is open at a place, and the operators before it in each of those
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
            // The parser takes a slash for the begin of one that is none to the scan.
            throw ExpressionFault.of("S0302");
        }
        return regexes.get(place);
    }
}
