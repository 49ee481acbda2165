package dev.weft.gateway.webhook;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Queries and forms as objects: {@code a=1&b=x&b=y} is {@code {"a":"1","b":["x","y"]}}. */
final class FormPairs {

    private FormPairs() {}

    static Map<String, Object> parse(@Nullable String text) {
        var pairs = new LinkedHashMap<String, Object>();
        if (text == null || text.isEmpty()) {
            return pairs;
        }
        for (var pair : text.split("&", -1)) {
            if (!pair.isEmpty()) {
                var equals = pair.indexOf('=');
                var name = decode(equals < 0 ? pair : pair.substring(0, equals));
                pairs.merge(name, equals < 0 ? "" : decode(pair.substring(equals + 1)), FormPairs::both);
            }
        }
        return pairs;
    }

    private static Object both(Object before, Object value) {
        if (before instanceof List<?> several) {
            var more = new ArrayList<Object>(several);
            more.add(value);
            return more;
        }
        return List.of(before, value);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Problem.of(ProblemCode.BAD_REQUEST, "A query or a form is not encoded as it should be.")
                    .exception();
        }
    }
}
