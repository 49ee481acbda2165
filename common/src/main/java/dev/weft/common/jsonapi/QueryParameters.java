package dev.weft.common.jsonapi;

import dev.weft.common.problem.Problem;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parameters of a query in their order, each with all its values. */
record QueryParameters(Map<String, List<String>> values) {

    static QueryParameters parse(@Nullable String query) {
        var values = new LinkedHashMap<String, List<String>>();
        if (query == null) {
            return new QueryParameters(values);
        }
        // Not the servlet's parameters: those include a form in the body, and lose their order.
        for (var pair : query.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            var equals = pair.indexOf('=');
            var name = decode(equals < 0 ? pair : pair.substring(0, equals));
            var value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
        }
        return new QueryParameters(values);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Problem.parameter(text, "The query is not percent-encoded properly.")
                    .exception();
        }
    }

    Set<String> names() {
        return values.keySet();
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** The query of a page, all that is not about pages kept. */
    String ofPage(long number, int size) {
        var query = new StringBuilder();
        values.forEach((name, all) -> {
            if (!name.startsWith("page[")) {
                all.forEach(value -> query.append(encode(name))
                        .append('=')
                        .append(encode(value))
                        .append('&'));
            }
        });
        return query.append("page[number]=")
                .append(number)
                .append("&page[size]=")
                .append(size)
                .toString();
    }

    private static String encode(String text) {
        // People see these links: brackets stay readable, as in the contract's examples.
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("%5B", "[")
                .replace("%5D", "]");
    }
}
