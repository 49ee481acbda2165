package dev.weft.execution.builtin.http;

import dev.weft.common.flowmessage.SentText;
import dev.weft.expression.value.Numbers;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * An object as a form: {@code {"b":[1,2],"c":{"d":1}}} is {@code b=1&b=2&c%5Bd%5D=1}; null is left out.
 *
 * @param contentType whose charset the octets are of
 */
record FormBody(@Nullable String contentType) {

    /** As they are; a blank is a plus. */
    private static final String PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789*-._";

    private static final String HEX = "0123456789ABCDEF";

    /** @throws IllegalArgumentException when the charset is not known, or lacks a character */
    byte[] bytes(Map<?, ?> members) {
        var pairs = new StringJoiner("&");
        members.forEach((name, value) -> add(pairs, String.valueOf(name), value));
        return SentText.encode(pairs.toString(), null);
    }

    private void add(StringJoiner pairs, String key, @Nullable Object value) {
        switch (value) {
            case null -> {
                // A form has no spelling of null.
            }
            case Map<?, ?> members -> members.forEach((name, member) -> add(pairs, key + "[" + name + "]", member));
            case List<?> elements -> elements.forEach(element -> add(pairs, key, element));
            case Number number -> pairs.add(encode(key) + "=" + encode(Numbers.text(number)));
            default -> pairs.add(encode(key) + "=" + encode(value.toString()));
        }
    }

    private String encode(String text) {
        var encoded = new StringBuilder(text.length() + 16);
        for (var octet : SentText.encode(text, contentType)) {
            if (octet == ' ') {
                encoded.append('+');
            } else if (PLAIN.indexOf(octet) >= 0) {
                encoded.append((char) octet);
            } else {
                encoded.append('%').append(HEX.charAt((octet >> 4) & 15)).append(HEX.charAt(octet & 15));
            }
        }
        return encoded.toString();
    }
}
