package dev.weft.gateway.route;

import dev.weft.gateway.route.PublicEndpoints.Endpoint;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One segment of the public paths, with what may follow it. A literal child is preferred to the variable one
 * ({@code /v2/users/me} to {@code /v2/users/{user}}), which is tried when nothing is found below the literal.
 */
final class PathNode {

    private static final String PLAIN = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_.~:@";

    private final Map<String, PathNode> literals = new HashMap<>();
    private final Map<String, Endpoint> endpoints = new TreeMap<>();
    private @Nullable PathNode variable;
    private boolean retired;
    private String allow = "";

    PathNode child(String segment) {
        if (segment.startsWith("{")) {
            if (variable == null) {
                variable = new PathNode();
            }
            return variable;
        }
        return literals.computeIfAbsent(segment, _ -> new PathNode());
    }

    void add(Endpoint endpoint) {
        if (endpoints.put(endpoint.method(), endpoint) != null) {
            throw new IllegalArgumentException("Listed twice: " + endpoint);
        }
        var methods = new java.util.TreeSet<>(endpoints.keySet());
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        allow = String.join(", ", methods);
    }

    /** This path and all below it are gone. */
    void retire() {
        retired = true;
    }

    /** @param from where the next segment begins in {@code path}; behind its end when there is none */
    @Nullable
    PathNode find(String path, int from) {
        if (retired) {
            return this;
        }
        if (from > path.length()) {
            return endpoints.isEmpty() ? null : this;
        }
        var slash = path.indexOf('/', from);
        var end = slash < 0 ? path.length() : slash;
        var segment = path.substring(from, end);
        var literal = literals.get(segment);
        var found = literal == null ? null : literal.find(path, end + 1);
        // The literal has led nowhere; it must not hide an id that is spelled like it.
        if (found == null && variable != null && isPlain(segment)) {
            found = variable.find(path, end + 1);
        }
        return found;
    }

    /** Ids are plain characters; a segment that another server might decode to something else matches nothing. */
    private static boolean isPlain(String segment) {
        for (var i = 0; i < segment.length(); i++) {
            if (PLAIN.indexOf(segment.charAt(i)) < 0) {
                return false;
            }
        }
        return !segment.isEmpty() && !segment.equals(".") && !segment.equals("..");
    }

    PathMatch match(String method) {
        if (retired) {
            return new PathMatch.Retired();
        }
        var endpoint = endpoints.get(method.equals("HEAD") ? "GET" : method);
        return endpoint == null ? new PathMatch.OtherMethods(allow) : new PathMatch.Found(endpoint);
    }
}
