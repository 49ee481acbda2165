package dev.weft.execution.builtin.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A body on its way out: a text goes as it is, an object as a form when the headers say so, all else as JSON.
 *
 * @param type the content type when the headers name none
 */
record RequestBody(byte[] bytes, String type) {

    static RequestBody of(@Nullable Object value, @Nullable String contentType, JsonMapper json) {
        if (value instanceof String text) {
            return new RequestBody(text.getBytes(StandardCharsets.UTF_8), "text/plain; charset=utf-8");
        }
        if (value instanceof Map<?, ?> form && contentType != null && isForm(contentType)) {
            return new RequestBody(form(form).getBytes(StandardCharsets.UTF_8), contentType);
        }
        return new RequestBody(json.writeValueAsBytes(value), "application/json");
    }

    private static boolean isForm(String contentType) {
        return contentType.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
    }

    private static String form(Map<?, ?> form) {
        return form.entrySet().stream()
                .filter(pair -> pair.getValue() != null)
                .map(pair -> encode(pair.getKey()) + "=" + encode(pair.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(Object value) {
        return URLEncoder.encode(String.valueOf(value), StandardCharsets.UTF_8);
    }
}
