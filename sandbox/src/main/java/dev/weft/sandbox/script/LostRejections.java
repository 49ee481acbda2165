package dev.weft.sandbox.script;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Collects rejected promises that nobody catches. It reads the engine's error output, where a script can not write: the
 * engine writes one text when a promise is rejected without a handler, and another one when it is caught later after
 * all. Its other ways to report, a handler or an exception, do not tell the latter.
 */
final class LostRejections extends ByteArrayOutputStream {

    private static final String LOST = "[GraalVM JavaScript Warning] Unhandled promise rejection: ";
    private static final String CAUGHT = "[GraalVM JavaScript Warning] Promise rejection was handled asynchronously: ";
    /** {@code TypeError: no such thing}. */
    private static final Pattern NAMED = Pattern.compile("([\\w$]+)(?:: (.*))?", Pattern.DOTALL);

    private static final int MOST = 100;
    private static final int LONGEST = 32 * 1024;

    private final List<String> texts = new ArrayList<>();

    @Override
    public void flush() {
        var text = toString(StandardCharsets.UTF_8).stripTrailing();
        reset();
        if (text.startsWith(LOST) && texts.size() < MOST) {
            texts.add(reason(text, LOST));
        } else if (text.startsWith(CAUGHT)) {
            texts.remove(reason(text, CAUGHT));
        }
    }

    private static String reason(String text, String before) {
        return text.substring(before.length(), Math.min(text.length(), before.length() + LONGEST));
    }

    List<ScriptFault> faults() {
        return texts.stream().map(LostRejections::fault).toList();
    }

    private static ScriptFault fault(String text) {
        var stack = text.indexOf("\n    at ");
        var told = stack < 0 ? text : text.substring(0, stack);
        var named = NAMED.matcher(told);
        return stack < 0 || !named.matches()
                ? ScriptFault.said("Error", told, "")
                : ScriptFault.said(
                        named.group(1), named.group(2) == null ? "" : named.group(2), text.substring(stack + 1));
    }
}
