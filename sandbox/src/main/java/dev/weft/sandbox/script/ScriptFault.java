package dev.weft.sandbox.script;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.graalvm.polyglot.PolyglotException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** How a tenant's function failed: {@code {"name","message","stack"}}. */
final class ScriptFault extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern NAMED = Pattern.compile("(\\w*Error): (.*)", Pattern.DOTALL);

    private final String name;
    private final String stack;

    ScriptFault(String name, String message, String stack) {
        super(message, null, false, false);
        this.name = name;
        this.stack = stack;
    }

    static ScriptFault late(Duration limit) {
        return new ScriptFault("TimeoutError", "The code takes longer than " + limit.toMillis() + " ms.", "");
    }

    static ScriptFault read(String json) {
        var error = JSON.readTree(json);
        return new ScriptFault(
                error.path("name").asString("Error"),
                error.path("message").asString(""),
                error.path("stack").asString(""));
    }

    static ScriptFault of(PolyglotException e, Duration limit) {
        if (e.isResourceExhausted()) {
            return new ScriptFault("RangeError", "The code runs too many statements.", "");
        }
        if (e.isCancelled() || e.isInterrupted()) {
            return late(limit);
        }
        var message = String.valueOf(e.getMessage());
        if (e.isHostException()) {
            return new ScriptFault("CodeError", message, "");
        }
        var named = NAMED.matcher(message);
        return named.matches()
                ? new ScriptFault(named.group(1), named.group(2), frames(e))
                : new ScriptFault("Error", message, frames(e));
    }

    static String json(Map<String, @Nullable Object> members) {
        return JSON.writeValueAsString(members);
    }

    Map<String, @Nullable Object> members() {
        var members = new LinkedHashMap<String, @Nullable Object>();
        members.put("name", name);
        members.put("message", getMessage());
        members.put("stack", stack);
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
