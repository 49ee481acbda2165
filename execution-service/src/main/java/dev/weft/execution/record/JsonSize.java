package dev.weft.execution.record;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How many bytes a value takes as JSON in UTF-8, without writing it; escapes of control characters count as two. */
final class JsonSize {

    private JsonSize() {}

    static long of(@Nullable Object value) {
        return switch (value) {
            case null -> 4;
            case String text -> ofText(text);
            case Map<?, ?> members -> {
                var size = frame(members.size());
                for (var member : members.entrySet()) {
                    size += ofText(String.valueOf(member.getKey())) + 1 + of(member.getValue());
                }
                yield size;
            }
            case Collection<?> elements -> {
                var size = frame(elements.size());
                for (var element : elements) {
                    size += of(element);
                }
                yield size;
            }
            case Boolean flag -> flag ? 4 : 5;
            case Integer number -> digits(number);
            case Long number -> digits(number);
            default -> value.toString().length();
        };
    }

    /** Brackets, and commas between the members. */
    private static long frame(int members) {
        return 2L + Math.max(0, members - 1);
    }

    private static long digits(long number) {
        long size = number < 0 ? 2 : 1;
        for (var rest = number / 10; rest != 0; rest /= 10) {
            size++;
        }
        return size;
    }

    private static long ofText(String text) {
        long size = 2L + text.length();
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '"' || c == '\\' || c < ' ' || (c > 0x7f && c < 0x800) || Character.isSurrogate(c)) {
                size++;
            } else if (c >= 0x800) {
                size += 2;
            }
        }
        return size;
    }
}
