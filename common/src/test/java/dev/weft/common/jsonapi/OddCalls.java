package dev.weft.common.jsonapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Asks a service in ways that no client of ours asks in; each answer is a reason, and none a failure of the service. */
public final class OddCalls {

    /** How the service is asked; the answer's status. */
    @FunctionalInterface
    public interface Line {
        int call(String method, String path, @Nullable String body, String... headers);
    }

    private final Line line;
    private final IntPredicate isFailure;
    private final List<String> failures = new ArrayList<>();

    public OddCalls(Line line) {
        this(line, status -> status >= 500);
    }

    public OddCalls(Line line, IntPredicate isFailure) {
        this.line = line;
        this.isFailure = isFailure;
    }

    /** Lists, with each odd query; the first also with those that one reader judges for all. */
    public OddCalls lists(String... paths) {
        get(OddInput.shapesOf(paths[0]));
        for (var path : paths) {
            get(OddInput.queriesOf(path));
        }
        return this;
    }

    /** One list with these besides. */
    public OddCalls queries(String path, String... queries) {
        return get(OddInput.queries(path, List.of(queries)));
    }

    /** Reads of paths in which {@code {odd}} stands for an odd id. */
    public OddCalls ids(String... paths) {
        for (var path : paths) {
            ids("GET", path, null);
        }
        return this;
    }

    public OddCalls ids(String method, String path, @Nullable String body) {
        OddInput.IDS.forEach(id -> call(method, path.replace("{odd}", id), body));
        return this;
    }

    public OddCalls bodies(String method, String path, List<String> bodies) {
        bodies.forEach(body -> call(method, path, body));
        return this;
    }

    public OddCalls get(List<String> paths) {
        paths.forEach(path -> call("GET", path, null));
        return this;
    }

    public OddCalls call(String method, String path, @Nullable String body, String... headers) {
        var status = line.call(method, path, body, headers);
        if (isFailure.test(status)) {
            failures.add(
                    status + " " + method + " " + shown(path) + " " + shown(body) + " " + Arrays.toString(headers));
        }
        return this;
    }

    private static String shown(@Nullable String text) {
        return text == null ? "" : text.length() > 300 ? text.substring(0, 300) + "…" : text;
    }

    public void allHadAReason() {
        assertThat(failures).isEmpty();
    }
}
