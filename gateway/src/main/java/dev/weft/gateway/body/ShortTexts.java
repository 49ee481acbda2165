package dev.weft.gateway.body;

import java.util.HashMap;
import java.util.Map;

/** Short texts of a body, which are often the same, kept once each: ten million bytes may hold a million of them. */
final class ShortTexts {

    private static final int LONGEST = 24;
    private static final int MOST = 4_096;

    private final Map<String, String> known = new HashMap<>();

    /** The text, or one like it that came before. */
    String of(String text) {
        if (text.length() > LONGEST) {
            return text;
        }
        var before = known.get(text);
        if (before != null) {
            return before;
        }
        // Keeping more would take memory that grows with what strangers send.
        if (known.size() < MOST) {
            known.put(text, text);
        }
        return text;
    }
}
