package dev.weft.execution.mapping;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The mapping of an edge: {@code {"to":"contact.email","n":5,"list":["a",{"b":"c"}]}}. Strings are expressions, other
 * values literals; a member whose expression finds nothing is left out; an empty mapping passes the body on (api-v2
 * 9.2).
 */
public final class Mapper {

    private final @Nullable Expression body;

    private Mapper(@Nullable Expression body) {
        this.body = body;
    }

    /** @throws IllegalArgumentException when an expression in it can not be compiled */
    public static Mapper compile(Expressions expressions, @Nullable Map<String, Object> mapper) {
        return new Mapper(mapper == null || mapper.isEmpty() ? null : expressions.compileValue(mapper));
    }

    /** Whether the body goes on as it is. */
    public boolean passesOn() {
        return body == null;
    }

    /** The body of the message behind the edge. */
    public @Nullable Object map(EvaluationContext context) {
        return body == null ? context.message().body() : body.evaluate(context);
    }

    public Optional<Set<String>> passthroughNames() {
        return body == null ? Optional.of(Set.of()) : body.passthroughNames();
    }
}
