package dev.weft.sandbox.script;

import dev.weft.sandbox.SandboxJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.Source;
import org.jspecify.annotations.Nullable;

/**
 * Runs a tenant's {@code run(msg, cfg, snapshot)} in the worker process. {@code {"code","given":{..}}} gives {@code
 * {"events":[{"event","payload"}], "failure"?}}. All calls share one engine, so that each code is parsed once; each
 * call has a fresh context without access to the host.
 */
public final class ScriptJob implements SandboxJob {

    public static final String KIND = "script";
    private static final int KEPT = 200;

    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable ScriptEngine engine;

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void prepare() {
        run(
                Map.of(
                        "code",
                        "function run() {}",
                        "given",
                        "{\"msg\":{},\"cfg\":{},\"snapshot\":{},\"variables\":{}}"),
                Duration.ofMinutes(1));
    }

    @Override
    public Map<String, @Nullable Object> run(Map<String, @Nullable Object> request, Duration limit) {
        var started = engine();
        var source = started.source(String.valueOf(request.get("code")));
        return new ScriptCall(started, limit).run(source, String.valueOf(request.get("given")));
    }

    /** Made when first needed: a worker that only evaluates expressions does without. */
    private ScriptEngine engine() {
        lock.lock();
        try {
            var current = engine;
            if (current == null) {
                current = new ScriptEngine();
                engine = current;
            }
            return current;
        } finally {
            lock.unlock();
        }
    }

    /** The engine, and the sources that it has parsed. */
    static final class ScriptEngine {

        private final Engine engine = Engine.newBuilder("js")
                .option("engine.WarnInterpreterOnly", "false")
                .build();
        private final Source runtime;
        private final ReentrantLock lock = new ReentrantLock();
        private final Map<String, Source> sources = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Source> eldest) {
                return size() > KEPT;
            }
        };

        ScriptEngine() {
            try (var text = ScriptJob.class.getResourceAsStream("runtime.js")) {
                if (text == null) {
                    throw new IllegalStateException("runtime.js is missing.");
                }
                runtime = source("weft.js", new String(text.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Engine engine() {
            return engine;
        }

        Source runtime() {
            return runtime;
        }

        Source source(String code) {
            lock.lock();
            try {
                // The map is ordered by use, so even a read changes it and needs the lock.
                return sources.computeIfAbsent(code, text -> source("code.js", text));
            } finally {
                lock.unlock();
            }
        }

        private static Source source(String name, String text) {
            return Source.newBuilder("js", text, name).cached(true).buildLiteral();
        }
    }
}
