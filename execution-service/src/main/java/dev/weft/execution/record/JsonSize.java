package dev.weft.execution.record;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes a value takes as JSON in UTF-8, without writing it; escapes of control characters count as two. A
 * value that refers to the same part many times is small in memory and may be huge as JSON, so the count can be given a
 * limit.
 */
public final class JsonSize {

    /**
     * In memory, of each member and element beside its own bytes: an entry, a reference, an object. A map of many members
     * takes 70 for each, one of a single member 200, which counts as two parts where it is an element itself.
     */
    private static final int PART = 80;

    private static final int PIECE = 16 * 1024;

    /** Each character of a text is looked at. */
    private static final int EXACT = 0;

    private final long limit;
    private final int part;
    private final int character;
    private long size;

    private JsonSize(long limit, int part, int character) {
        this.limit = limit;
        this.part = part;
        this.character = character;
    }

    static long of(@Nullable Object value) {
        return measure(value, Long.MAX_VALUE, 0, EXACT);
    }

    /** Whether it certainly takes no more than so many bytes. No text is looked at: steps ask this of each message. */
    static boolean fits(@Nullable Object value, long limit) {
        return measure(value, limit, 0, 3) <= limit;
    }

    /** What it takes in memory, about; some number above the limit when it is larger, and it is not looked at any further. */
    public static long inMemory(@Nullable Object value, long limit) {
        return measure(value, limit, PART, 1);
    }

    /** What JSON that is not read yet will take in memory beside its bytes; texts with such characters count as more. */
    public static long ofParts(byte[] json) {
        return PART * parts(json, json.length);
    }

    /** The same of what comes piece by piece, as far as it can be read. */
    public static long ofParts(InputStream json) {
        var piece = new byte[PIECE];
        var parts = 0L;
        try {
            for (var read = json.read(piece); read >= 0; read = json.read(piece)) {
                parts += parts(piece, read);
            }
        } catch (IOException e) {
            // What follows will not be read either when it is worked on.
            return PART * parts;
        }
        return PART * parts;
    }

    private static long parts(byte[] json, int length) {
        var parts = 0L;
        for (var n = 0; n < length; n++) {
            // In each object or list, every member but the first has a comma before it.
            if (json[n] == ',' || json[n] == '{' || json[n] == '[') {
                parts++;
            }
        }
        return parts;
    }

    private static long measure(@Nullable Object value, long limit, int part, int character) {
        var counted = new JsonSize(limit, part, character);
        counted.add(value);
        return counted.size;
    }

    private void add(@Nullable Object value) {
        switch (value) {
            case null -> size += 4;
            case String text -> addText(text);
            case Map<?, ?> members -> {
                addFrame(members.size());
                for (var member : members.entrySet()) {
                    if (size > limit) {
                        return;
                    }
                    addText(String.valueOf(member.getKey()));
                    size += 1 + part;
                    add(member.getValue());
                }
            }
            case Collection<?> elements -> {
                addFrame(elements.size());
                for (var element : elements) {
                    if (size > limit) {
                        return;
                    }
                    size += part;
                    add(element);
                }
            }
            case Boolean flag -> size += flag ? 4 : 5;
            case Integer number -> addDigits(number);
            case Long number -> addDigits(number);
            default -> size += value.toString().length();
        }
    }

    /** Brackets, and commas between the members. */
    private void addFrame(int members) {
        size += 2L + Math.max(0, members - 1);
    }

    private void addDigits(long number) {
        size += number < 0 ? 2 : 1;
        for (var rest = number / 10; rest != 0; rest /= 10) {
            size++;
        }
    }

    private void addText(String text) {
        if (character != EXACT) {
            size += 2L + (long) character * text.length();
            return;
        }
        size += 2L + text.length();
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '"' || c == '\\' || c < ' ' || (c > 0x7f && c < 0x800) || Character.isSurrogate(c)) {
                size++;
            } else if (c >= 0x800) {
                size += 2;
            }
        }
    }
}
