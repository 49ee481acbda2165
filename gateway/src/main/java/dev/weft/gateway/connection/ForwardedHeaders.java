package dev.weft.gateway.connection;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.catalina.connector.Request;

/**
 * What the proxies on a request's way have added, the nearest proxy last. {@code Forwarded} (RFC 7239) counts only
 * where there is no {@code X-Forwarded-For}: most proxies write the latter and pass {@code Forwarded} on as the client
 * sent it.
 *
 * @param clients the address that was connected to each proxy; the nearest proxy's entry is the last
 * @param scheme  of the connection to the nearest proxy, http or https
 */
record ForwardedHeaders(List<String> clients, Optional<String> scheme) {

    static ForwardedHeaders of(Request request) {
        var clients = elements(request, "X-Forwarded-For");
        return clients.isEmpty()
                ? ofStandard(elements(request, "Forwarded"))
                : new ForwardedHeaders(clients, last(elements(request, "X-Forwarded-Proto")));
    }

    static ForwardedHeaders ofStandard(List<String> elements) {
        // A proxy that names no client still needs an entry; otherwise a forged one of the client would move into its
        // place.
        var clients = elements.stream()
                .map(element -> parameter(element, "for").orElse("unknown"))
                .toList();
        return new ForwardedHeaders(
                clients, elements.isEmpty() ? Optional.empty() : parameter(elements.getLast(), "proto"));
    }

    /** Commas count in quotes too: a client that opens one and does not close it would hide what the proxies add. */
    private static List<String> elements(Request request, String header) {
        var elements = new ArrayList<String>();
        for (var line : Collections.list(request.getHeaders(header))) {
            elements.addAll(List.of(line.split(",", -1)));
        }
        return elements;
    }

    private static Optional<String> last(List<String> values) {
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of(values.getLast().strip());
    }

    private static Optional<String> parameter(String element, String name) {
        for (var pair : element.split(";", -1)) {
            var equals = pair.indexOf('=');
            if (equals > 0
                    && pair.substring(0, equals)
                            .strip()
                            .toLowerCase(Locale.ROOT)
                            .equals(name)) {
                return Optional.of(pair.substring(equals + 1).strip().replace("\"", ""));
            }
        }
        return Optional.empty();
    }
}
