package dev.weft.expression.regex;

import java.util.ArrayList;
import java.util.List;

/** The groups of a regular expression. They are counted before anything is translated, since a reference may stand before its group. */
final class RegexGroups {

    /** Of each group in its order; empty for one without. */
    private final List<String> names = new ArrayList<>();

    RegexGroups(String source) {
        var inClass = false;
        for (var i = 0; i < source.length(); i++) {
            switch (source.charAt(i)) {
                case '\\' -> i++;
                case '[' -> inClass = true;
                case ']' -> inClass = false;
                case '(' -> {
                    if (!inClass && !source.startsWith("(?", i)) {
                        names.add("");
                    } else if (!inClass && isNamed(source, i)) {
                        names.add(source.substring(i + 3, Math.max(i + 3, source.indexOf('>', i))));
                    }
                }
                default -> {}
            }
        }
    }

    private static boolean isNamed(String source, int i) {
        return source.startsWith("(?<", i) && !source.startsWith("(?<=", i) && !source.startsWith("(?<!", i);
    }

    boolean haveNames() {
        return names.stream().anyMatch(name -> !name.isEmpty());
    }

    boolean has(int number) {
        return number <= names.size();
    }

    /** From 1; 0 when no group has it. */
    int number(String name) {
        return names.indexOf(name) + 1;
    }
}
