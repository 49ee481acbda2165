package dev.weft.execution.jsonata;

import dev.weft.execution.mapping.EvaluationContext;
import dev.weft.execution.mapping.Expression;
import dev.weft.execution.mapping.Expressions;
import dev.weft.execution.mapping.Undefined;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A field or mapping made of objects and arrays, with expressions and literals inside; it is evaluated member by
 * member.
 */
sealed interface ConstructedValue extends Expression {

    /** Bytes of each in the object or array itself, about. */
    int MEMBER = 64;

    int ELEMENT = 16;

    /** An object; members without value are left out. */
    record ObjectValue(Map<String, Expression> members) implements ConstructedValue {

        @Override
        public @Nullable Object evaluate(EvaluationContext context) {
            Expressions.make((long) MEMBER * members.size());
            var object = LinkedHashMap.<String, @Nullable Object>newLinkedHashMap(members.size());
            for (var member : members.entrySet()) {
                var value = member.getValue().evaluate(context);
                if (!Undefined.is(value)) {
                    object.put(member.getKey(), value);
                }
            }
            return object;
        }

        @Override
        public Optional<Set<String>> passthroughNames() {
            return union(List.copyOf(members.values()));
        }
    }

    /** An array; elements without value are left out. */
    record ArrayValue(List<Expression> elements) implements ConstructedValue {

        @Override
        public @Nullable Object evaluate(EvaluationContext context) {
            Expressions.make((long) ELEMENT * elements.size());
            var array = new ArrayList<@Nullable Object>(elements.size());
            for (var element : elements) {
                var value = element.evaluate(context);
                if (!Undefined.is(value)) {
                    array.add(value);
                }
            }
            return array;
        }

        @Override
        public Optional<Set<String>> passthroughNames() {
            return union(elements);
        }
    }

    /** Number, boolean or null. */
    record LiteralValue(@Nullable Object value) implements ConstructedValue {

        @Override
        public @Nullable Object evaluate(EvaluationContext context) {
            return value;
        }

        @Override
        public Optional<Set<String>> passthroughNames() {
            return Optional.of(Set.of());
        }
    }

    private static Optional<Set<String>> union(List<Expression> parts) {
        var names = new HashSet<String>();
        for (var part : parts) {
            var some = part.passthroughNames();
            if (some.isEmpty()) {
                return some;
            }
            names.addAll(some.get());
        }
        return Optional.of(names);
    }
}
