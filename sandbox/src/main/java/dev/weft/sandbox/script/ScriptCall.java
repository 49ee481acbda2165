package dev.weft.sandbox.script;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.EnvironmentAccess;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotAccess;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.ResourceLimits;
import org.graalvm.polyglot.SandboxPolicy;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.IOAccess;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.jspecify.annotations.Nullable;

/** One call of a tenant's function: what it has emitted so far, and how it ended. */
final class ScriptCall {

    /** With what the engine rejects the promise of a function that it was made to leave. */
    private static final String INTERRUPTED = "Thread was interrupted.";

    private static final long STATEMENTS = 200_000_000;
    private static final long LINGER = TimeUnit.SECONDS.toNanos(1);
    private static final int EVENTS = 20_000;
    private static final long CHARACTERS = 32L << 20;
    private static final ScheduledExecutorService WATCH = Executors.newSingleThreadScheduledExecutor(
            work -> Thread.ofPlatform().daemon().name("script-time-limits").unstarted(work));

    private final ScriptJob.ScriptEngine engine;
    private final Duration limit;
    private long deadline;
    private final List<Map<String, @Nullable Object>> events = new ArrayList<>();
    private long characters;
    private boolean ended;
    private @Nullable ScriptFault failure;
    private final LostRejections lost = new LostRejections();

    ScriptCall(ScriptJob.ScriptEngine engine, Duration limit) {
        this.engine = engine;
        this.limit = limit;
    }

    /** @param given JSON text: {@code {"msg","cfg","snapshot","variables"}} */
    Map<String, @Nullable Object> run(Source code, String given) {
        var context = context();
        try {
            ProxyExecutable host = this::fromScript;
            var runtime = context.eval(engine.runtime()).execute(host, given);
            // The tenant's time begins here.
            deadline = System.nanoTime() + limit.toNanos();
            var watch = WATCH.schedule(() -> context.close(true), limit.toMillis(), TimeUnit.MILLISECONDS);
            try {
                call(context, runtime, code);
            } finally {
                watch.cancel(false);
            }
        } catch (PolyglotException e) {
            failure = ScriptFault.of(e, limit);
        } catch (ScriptFault e) {
            failure = e;
        } catch (IllegalStateException e) {
            // Thrown when the context was closed between two calls into it.
            failure = System.nanoTime() - deadline >= 0
                    ? ScriptFault.late(limit)
                    : ScriptFault.said("CodeError", String.valueOf(e.getMessage()), "");
        } finally {
            context.close(true);
        }
        addLost();
        var result = new HashMap<String, @Nullable Object>();
        result.put("events", events);
        if (failure != null) {
            result.put("failure", failure.members());
        }
        return result;
    }

    /** Each once; one that run has failed with too is known, and so is the cut of a run that took too long. */
    private void addLost() {
        lost.faults().stream()
                .map(ScriptFault::members)
                .filter(fault -> failure == null || !INTERRUPTED.equals(fault.get("message")))
                .filter(fault -> failure == null || !Objects.equals(fault.get("message"), failure.getMessage()))
                .distinct()
                .map(ScriptFault::json)
                .forEach(fault -> events.add(Map.of("event", "error", "payload", fault)));
    }

    private void call(Context context, Value runtime, Source code) {
        context.eval(code);
        var run = context.eval("js", "typeof run === 'function' ? run : undefined");
        if (!run.canExecute()) {
            throw ScriptFault.ours("CodeError", "The code has no function named run.");
        }
        runtime.invokeMember("start", run);
        while (!ended) {
            var wait = runtime.invokeMember("wait").asDouble();
            if (wait < 0) {
                throw ScriptFault.ours("CodeError", "run has returned a promise that never settles.");
            }
            pause(wait);
            runtime.invokeMember("ring");
        }
        linger(runtime);
    }

    /** What run has begun and not waited for is done as well, unless it waits for long itself, as a time limit does. */
    private void linger(Value runtime) {
        var end = Math.min(System.nanoTime() + LINGER, deadline);
        for (var wait = runtime.invokeMember("wait").asDouble();
                wait >= 0 && wait <= (end - System.nanoTime()) / 1e6;
                wait = runtime.invokeMember("wait").asDouble()) {
            pause(wait);
            runtime.invokeMember("ring");
        }
    }

    private @Nullable Object fromScript(Value... arguments) {
        var payload = arguments.length > 1 ? arguments[1].asString() : "null";
        switch (arguments[0].asString()) {
            case "now" -> {
                return System.nanoTime() / 1e6;
            }
            case "btoa" -> {
                return Base64.getEncoder().encodeToString(payload.getBytes(StandardCharsets.ISO_8859_1));
            }
            case "atob" -> {
                return new String(Base64.getMimeDecoder().decode(payload), StandardCharsets.ISO_8859_1);
            }
            case "ended" -> ended = true;
            case "failed" -> {
                ended = true;
                failure = ScriptFault.read(payload);
            }
            default -> add(arguments[0].asString(), payload);
        }
        return null;
    }

    private void add(String event, String payload) {
        characters += payload.length();
        if (events.size() >= EVENTS || characters > CHARACTERS) {
            throw new IllegalStateException("The code emits too much.");
        }
        events.add(Map.of("event", event, "payload", payload));
    }

    private void pause(double milliseconds) {
        // The time limit would end before this timer, so the call fails at once.
        if (milliseconds > (deadline - System.nanoTime()) / 1e6) {
            throw ScriptFault.late(limit);
        }
        try {
            TimeUnit.MICROSECONDS.sleep((long) (milliseconds * 1_000));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw ScriptFault.late(limit);
        }
    }

    private Context context() {
        return Context.newBuilder("js")
                .engine(engine.engine())
                .sandbox(SandboxPolicy.TRUSTED)
                .allowAllAccess(false)
                .allowHostAccess(HostAccess.NONE)
                .allowHostClassLookup(name -> false)
                .allowIO(IOAccess.NONE)
                .allowPolyglotAccess(PolyglotAccess.NONE)
                .allowEnvironmentAccess(EnvironmentAccess.NONE)
                .allowCreateThread(false)
                .allowCreateProcess(false)
                .allowNativeAccess(false)
                .allowExperimentalOptions(true)
                .option("js.load", "false")
                .option("js.print", "false")
                .option("js.console", "false")
                .option("js.graal-builtin", "false")
                .option("js.polyglot-builtin", "false")
                .option("js.java-package-globals", "false")
                // Of the engine's options only this one also reports that a rejection was caught later.
                .option("js.unhandled-rejections", "warn")
                .err(lost)
                .resourceLimits(ResourceLimits.newBuilder()
                        .statementLimit(STATEMENTS, null)
                        .build())
                .build();
    }
}
