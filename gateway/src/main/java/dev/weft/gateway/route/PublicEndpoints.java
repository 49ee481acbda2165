package dev.weft.gateway.route;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The table {@code endpoints.txt} as a tree of path segments, built once: a lookup takes as many steps as the path has
 * segments.
 */
public final class PublicEndpoints {

    /**
     * One line of the table: {@code GET /v2/flows/{flow}} is answered by {@code FLOW}.
     *
     * @param acceptsPassword whether Basic authentication also accepts the account's password in place of its API key
     * @param isFile          whether the answer is a file of any type, which Accept does not restrict
     * @param isAnonymous     whether who calls is not asked for: what the path holds is the right to call
     */
    public record Endpoint(
            String method,
            String path,
            Backend backend,
            boolean acceptsPassword,
            boolean isFile,
            boolean isAnonymous) {}

    private static final PathMatch UNKNOWN = new PathMatch.Unknown();

    private final PathNode root = new PathNode();
    private final List<Endpoint> endpoints = new ArrayList<>();

    /** Reads the table that is part of the gateway. */
    public static PublicEndpoints ofTable() {
        try (var table = PublicEndpoints.class.getResourceAsStream("endpoints.txt")) {
            if (table == null) {
                throw new IllegalStateException("endpoints.txt is missing.");
            }
            return new PublicEndpoints(new String(table.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    PublicEndpoints(String table) {
        table.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .forEach(this::add);
    }

    private void add(String line) {
        var words = line.split(" +", -1);
        var node = root;
        for (var segment : words[1].substring(1).split("/", -1)) {
            if (segment.equals("**")) {
                break;
            }
            node = node.child(segment);
        }
        if (words[0].equals("GONE")) {
            node.retire();
        } else {
            var backend = Backend.valueOf(words[2].toUpperCase(Locale.ROOT));
            var mark = words.length > 3 ? words[3] : "";
            var endpoint = new Endpoint(
                    words[0],
                    words[1],
                    backend,
                    mark.equals("password"),
                    mark.equals("file"),
                    mark.equals("anonymous"));
            node.add(endpoint);
            endpoints.add(endpoint);
        }
    }

    /** @param path the raw path of the request without a trailing slash */
    public PathMatch find(String method, String path) {
        var node = root.find(path, 1);
        return node == null ? UNKNOWN : node.match(method);
    }

    List<Endpoint> all() {
        return List.copyOf(endpoints);
    }
}
