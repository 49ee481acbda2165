package dev.weft.execution.plan;

import dev.weft.execution.mapping.EvaluationContext;
import dev.weft.execution.mapping.Expression;
import dev.weft.execution.mapping.Expressions;
import dev.weft.execution.mapping.Undefined;
import dev.weft.execution.step.StepFailure;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Expressions small enough to need no engine: a path into the body ({@code a.b}), {@code elasticio.step.body.a},
 * {@code fail} (fails), {@code (((} (does not compile).
 */
public final class PathExpressions implements Expressions {

    private final Duration longest;

    public PathExpressions() {
        this(Duration.ofMinutes(1));
    }

    /** @param longest what one is said to take at most */
    public PathExpressions(Duration longest) {
        this.longest = longest;
    }

    @Override
    public Duration longest() {
        return longest;
    }

    @Override
    public Expression compile(String text) {
        if (text.equals("(((")) {
            throw new IllegalArgumentException("Unexpected end.");
        }
        return new Path(text);
    }

    @Override
    public Expression compileValue(Object field) {
        return switch (field) {
            case String text -> compile(text);
            case Map<?, ?> members -> new Members(members, this);
            default -> new Path("");
        };
    }

    private record Path(String text) implements Expression {

        @Override
        public Object evaluate(EvaluationContext context) {
            if (text.equals("fail")) {
                throw new StepFailure("ExpressionFault", "told to fail");
            }
            Object value = text.startsWith("elasticio.")
                    ? context.message().passthrough()
                    : context.message().body();
            for (var name : text.replaceFirst("^elasticio\\.", "").split("\\.")) {
                value = value instanceof Map<?, ?> map ? map.get(name) : null;
            }
            return value == null ? Undefined.UNDEFINED : value;
        }

        @Override
        public Optional<Set<String>> passthroughNames() {
            return Optional.of(text.startsWith("elasticio.") ? Set.of(text.split("\\.")[1]) : Set.of());
        }
    }

    private record Members(Map<?, ?> members, Expressions expressions) implements Expression {

        @Override
        public Object evaluate(EvaluationContext context) {
            var all = new LinkedHashMap<String, Object>();
            members.forEach((name, text) -> {
                var value = expressions.compile(String.valueOf(text)).evaluate(context);
                if (!Undefined.is(value)) {
                    all.put(String.valueOf(name), value);
                }
            });
            return all;
        }

        @Override
        public Optional<Set<String>> passthroughNames() {
            var names = new java.util.HashSet<String>();
            members.values()
                    .forEach(text -> names.addAll(expressions
                            .compile(String.valueOf(text))
                            .passthroughNames()
                            .orElseThrow()));
            return Optional.of(names);
        }
    }
}
