package dev.weft.execution.jsonata;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.weft.execution.mapping.Expression;
import dev.weft.execution.mapping.Expressions;
import dev.weft.execution.sandbox.Sandbox;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compiles JSONata and keeps what was compiled lately, since versions of a flow differ little. */
final class JsonataExpressions implements Expressions, AutoCloseable {

    /** Bytes, as {@link #weight} counts them. */
    static final long HEAVIEST = 32_000_000;

    private static final int EACH = 500;
    /** Measured: a text and its program take 1 to 68 bytes for each of its characters. */
    private static final int OF_A_CHARACTER = 70;

    private static final int NESTING = 100;

    private final JsonataEngine engine;
    /** By weight and not by number: one text may be as large as thousands of usual ones. */
    private final Cache<String, JsonataExpression> kept = Caffeine.newBuilder()
            .maximumWeight(HEAVIEST)
            .<String, JsonataExpression>weigher((text, _) -> weight(text))
            .executor(Runnable::run)
            .build();

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
        var known = kept.getIfPresent(text);
        if (known != null) {
            return known;
        }
        // Not compiled within the cache, so that nobody waits for another's text. Two threads may compile the same
        // text;
        // the results are equal.
        var compiled = new JsonataExpression(text, engine);
        kept.put(text, compiled);
        return compiled;
    }

    private static int weight(String text) {
        return EACH + OF_A_CHARACTER * text.length();
    }

    /** Bytes of all that is kept. */
    long weight() {
        kept.cleanUp();
        return kept.policy().eviction().orElseThrow().weightedSize().orElseThrow();
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
}
