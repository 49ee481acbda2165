package dev.weft.execution.jsonata;

import dev.weft.execution.mapping.Expression;
import dev.weft.execution.mapping.Expressions;
import dev.weft.execution.sandbox.Sandbox;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Compiles JSONata and keeps what was compiled lately, since versions of a flow differ little. */
final class JsonataExpressions implements Expressions, AutoCloseable {

    private static final int KEPT = 2_000;
    private static final int NESTING = 100;

    private final JsonataEngine engine;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, JsonataExpression> kept = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, JsonataExpression> eldest) {
            return size() > KEPT;
        }
    };

    /** @param apart how long an evaluation in the worker process may take */
    JsonataExpressions(Sandbox sandbox, Clock clock, Duration apart) {
        this(sandbox, clock, apart, EvaluationLimits.USUAL);
    }

    JsonataExpressions(Sandbox sandbox, Clock clock, Duration apart, EvaluationLimits limits) {
        this(sandbox::run, clock, apart, sandbox.longest(apart), limits);
    }

    JsonataExpressions(
            ExpressionWorker worker, Clock clock, Duration apart, Duration longestApart, EvaluationLimits limits) {
        this.engine = new JsonataEngine(worker, clock, apart, longestApart, limits);
    }

    @Override
    public JsonataExpression compile(String text) {
        var known = find(text);
        if (known != null) {
            return known;
        }
        // Compiled without the lock, so that nobody waits for another's text. Two threads may compile the same text;
        // the results are equal.
        var compiled = new JsonataExpression(text, engine);
        lock.lock();
        try {
            kept.put(text, compiled);
        } finally {
            lock.unlock();
        }
        return compiled;
    }

    @Override
    public Expression compileValue(@Nullable Object field) {
        return value(field, 0);
    }

    int lostThreads() {
        return engine.lostThreads();
    }

    @Override
    public void close() {
        engine.close();
    }

    @Override
    public Duration longest() {
        return engine.longest();
    }

    private Expression value(@Nullable Object field, int depth) {
        if (depth > NESTING) {
            throw new IllegalArgumentException("The value is nested too deeply.");
        }
        return switch (field) {
            case String text -> compile(text);
            case Map<?, ?> map -> {
                var members = LinkedHashMap.<String, Expression>newLinkedHashMap(map.size());
                map.forEach((name, member) -> members.put(String.valueOf(name), value(member, depth + 1)));
                yield new ConstructedValue.ObjectValue(members);
            }
            case List<?> list -> {
                var elements = new ArrayList<Expression>(list.size());
                list.forEach(element -> elements.add(value(element, depth + 1)));
                yield new ConstructedValue.ArrayValue(elements);
            }
            case null, default -> new ConstructedValue.LiteralValue(field);
        };
    }

    private @Nullable JsonataExpression find(String text) {
        lock.lock();
        try {
            return kept.get(text);
        } finally {
            lock.unlock();
        }
    }
}
