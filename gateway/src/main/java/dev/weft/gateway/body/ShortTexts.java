package dev.weft.gateway.body;

import java.util.HashMap;
import java.util.Map;

/**
 * Keeps one copy of each short text of a body: texts repeat often, and ten million bytes may hold a million of them.
 */
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
        // No more are kept: the memory would grow with whatever strangers send.
        if (known.size() < MOST) {
            known.put(text, text);
        }
        return text;
    }
}
