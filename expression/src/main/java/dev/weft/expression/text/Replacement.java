package dev.weft.expression.text;

import java.util.List;
import java.util.Map;

/**
 * The replacement of a match. In its text only {@code $} is special: {@code $0} is the match, {@code $1} a group,
 * {@code $$} a dollar, and any other {@code $} stands for itself.
 */
final class Replacement {

    private Replacement() {}

    static String of(String replacement, Map<?, ?> match) {
        if (replacement.indexOf('$') < 0) {
            return replacement;
        }
        var groups = match.get("groups") instanceof List<?> list ? list : List.of();
        var result = new StringBuilder();
        var position = 0;
        for (var dollar = replacement.indexOf('$'); dollar >= 0; dollar = replacement.indexOf('$', position)) {
            result.append(replacement, position, dollar);
            position = dollar + 1;
            var next = position < replacement.length() ? replacement.charAt(position) : ' ';
            if (next == '$') {
                result.append('$');
                position++;
            } else if (next == '0') {
                result.append(match.get("match") instanceof String matched ? matched : "");
                position++;
            } else {
                position = group(replacement, position, groups, result);
            }
        }
        return result.append(replacement, position, replacement.length()).toString();
    }

    /** As many digits as the number of groups has; one less when that is no group. */
    private static int group(String replacement, int position, List<?> groups, StringBuilder result) {
        var most = String.valueOf(groups.size()).length();
        var digits = digits(replacement, position, most);
        if (digits > 1 && Integer.parseInt(replacement.substring(position, position + digits)) > groups.size()) {
            digits = digits(replacement, position, most - 1);
        }
        if (digits == 0) {
            result.append('$');
            return position;
        }
        var number = Integer.parseInt(replacement.substring(position, position + digits));
        if (number >= 1 && number <= groups.size() && groups.get(number - 1) instanceof String group) {
            result.append(group);
        }
        return position + digits;
    }

    private static int digits(String text, int position, int most) {
        var count = 0;
        while (count < most && position + count < text.length() && isDigit(text.charAt(position + count))) {
            count++;
        }
        return count;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
