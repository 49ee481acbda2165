package dev.weft.expression.definition;

import java.util.ArrayList;
import java.util.List;

/** Reads signatures as they are written. */
final class SignatureReader {

    private SignatureReader() {}

    static List<SignatureParameter> read(String definition) {
        var parameters = new ArrayList<SignatureParameter>();
        var i = 1;
        while (i < definition.length() && definition.charAt(i) != ':' && definition.charAt(i) != '>') {
            var symbol = definition.charAt(i);
            var end = symbol == '(' ? definition.indexOf(')', i) : i;
            var kind = definition.substring(symbol == '(' ? i + 1 : i, symbol == '(' ? end : i + 1);
            i = end + 1;
            var elements = "";
            if (i < definition.length() && definition.charAt(i) == '<') {
                var close = closing(definition, i);
                elements = definition.substring(i + 1, close);
                i = close + 1;
            }
            var context = i < definition.length() && definition.charAt(i) == '-';
            var often = i < definition.length() ? definition.charAt(i) : ' ';
            if (context || often == '?' || often == '+') {
                i++;
            }
            parameters.add(new SignatureParameter(symbol, accepted(symbol, kind), elements, context, often));
        }
        return List.copyOf(parameters);
    }

    private static int closing(String definition, int open) {
        var depth = 0;
        for (var i = open; i < definition.length(); i++) {
            depth += definition.charAt(i) == '<' ? 1 : definition.charAt(i) == '>' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return definition.length() - 1;
    }

    private static String accepted(char symbol, String kind) {
        return switch (symbol) {
            case 'a', 'x' -> "asnblfom";
            case 'j' -> "asnblom";
            case 'f' -> "f";
            // m stands for a missing value, which every parameter but a function accepts.
            default -> kind + "m";
        };
    }
}
