package dev.weft.gateway.answer;

import org.jspecify.annotations.Nullable;

/**
 * Which JSON type a caller accepts (api-v2 1.1): {@code application/json} unless {@code application/vnd.api+json} is the
 * only one it names; nothing when it names neither.
 */
public enum JsonAnswer {
    JSON("application/json; charset=utf-8"),
    JSON_API("application/vnd.api+json; charset=utf-8"),
    NONE("application/json; charset=utf-8");

    private final String contentType;

    JsonAnswer(String contentType) {
        this.contentType = contentType;
    }

    /** The Content-Type of an answer; a refusal is JSON also for who wants none. */
    public String contentType() {
        return contentType;
    }

    /** @param accept the Accept header; null: none */
    public static JsonAnswer of(@Nullable String accept) {
        if (accept == null || accept.isBlank() || accept.equals("*/*") || accept.equals("application/json")) {
            return JSON;
        }
        var any = false;
        var jsonApi = false;
        for (var range : accept.split(",", -1)) {
            var parts = range.split(";", -1);
            if (isExcluded(parts)) {
                continue;
            }
            switch (parts[0].strip().toLowerCase(java.util.Locale.ROOT)) {
                case "application/json" -> {
                    return JSON;
                }
                case "application/vnd.api+json" -> jsonApi = true;
                case "*/*", "application/*" -> any = true;
                default -> {}
            }
        }
        return jsonApi ? JSON_API : any ? JSON : NONE;
    }

    /** Whether the parameters hold {@code q=0}. */
    private static boolean isExcluded(String[] parts) {
        for (var i = 1; i < parts.length; i++) {
            var parameter = parts[i].replace(" ", "");
            if (parameter.startsWith("q=0") && parameter.chars().skip(2).allMatch(c -> c == '0' || c == '.')) {
                return true;
            }
        }
        return false;
    }
}
