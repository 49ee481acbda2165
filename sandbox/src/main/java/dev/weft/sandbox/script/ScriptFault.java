package dev.weft.sandbox.script;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.graalvm.polyglot.PolyglotException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** How a tenant's function failed: {@code {"name","message","stack","quoting"}}. */
final class ScriptFault extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern NAMED = Pattern.compile("(\\w*Error): (.*)", Pattern.DOTALL);

    private final String name;
    private final String stack;
    private final boolean quoting;

    /** @param quoting whether the message may quote values: its words are the script's, or a library's */
    private ScriptFault(String name, String message, String stack, boolean quoting) {
        super(message, null, false, false);
        this.name = name;
        this.stack = stack;
        this.quoting = quoting;
    }

    /** In our words, which quote nothing. */
    static ScriptFault ours(String name, String message) {
        return new ScriptFault(name, message, "", false);
    }

    /** In the words of the script, or of the engine that runs it. */
    static ScriptFault said(String name, String message, String stack) {
        return new ScriptFault(name, message, stack, true);
    }

    static ScriptFault late(Duration limit) {
        return ours("TimeoutError", "The code takes longer than " + limit.toMillis() + " ms.");
    }

    static ScriptFault read(String json) {
        var error = JSON.readTree(json);
        return said(
                error.path("name").asString("Error"),
                error.path("message").asString(""),
                error.path("stack").asString(""));
    }

    static ScriptFault of(PolyglotException e, Duration limit) {
        if (e.isResourceExhausted()) {
            return ours("RangeError", "The code runs too many statements.");
        }
        if (e.isCancelled() || e.isInterrupted()) {
            return late(limit);
        }
        var message = String.valueOf(e.getMessage());
        if (e.isHostException()) {
            return said("CodeError", message, "");
        }
        var named = NAMED.matcher(message);
        return named.matches() ? said(named.group(1), named.group(2), frames(e)) : said("Error", message, frames(e));
    }

    static String json(Map<String, @Nullable Object> members) {
        return JSON.writeValueAsString(members);
    }

    Map<String, @Nullable Object> members() {
        var members = new LinkedHashMap<String, @Nullable Object>();
        members.put("name", name);
        members.put("message", getMessage());
        members.put("stack", stack);
        members.put("quoting", quoting);
        return members;
    }

    private static String frames(PolyglotException e) {
        var text = new StringBuilder();
        for (var frame : e.getPolyglotStackTrace()) {
            if (frame.isGuestFrame() && text.length() < 4_000) {
                text.append("    at ").append(frame).append('\n');
            }
        }
        return text.toString();
    }
}
