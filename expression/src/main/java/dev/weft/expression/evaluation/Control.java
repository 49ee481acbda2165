package dev.weft.expression.evaluation;

import dev.weft.expression.value.NameScope;
import dev.weft.expression.value.Nothing;
import dev.weft.expression.value.Values;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What decides which parts are evaluated, and in which scope. */
final class Control {

    private Control() {}

    /** {@code a ? b : c}. */
    static final class Condition extends Node {

        private final Node condition;
        private final Node then;
        private final @Nullable Node otherwise;

        Condition(int position, Node condition, Node then, @Nullable Node otherwise) {
            super(position);
            this.condition = condition;
            this.then = then;
            this.otherwise = otherwise;
        }

        @Override
        @Nullable
        Object value(@Nullable Object input, NameScope scope) {
            if (Values.isTrue(condition.evaluate(input, scope), scope.run)) {
                return then.evaluate(input, scope);
            }
            return otherwise == null ? Nothing.NOTHING : otherwise.evaluate(input, scope);
        }
    }

    /** {@code (a; b; c)}: the last one's value. */
    static final class Block extends Node {

        private final List<Node> parts;

        Block(int position, List<Node> parts) {
            super(position);
            this.parts = parts;
        }

        @Override
        @Nullable
        Object value(@Nullable Object input, NameScope scope) {
            var inner = scope.inner();
            @Nullable Object result = Nothing.NOTHING;
            for (var part : parts) {
                result = part.evaluate(input, inner);
            }
            return result;
        }
    }

    /** {@code $x := a}. */
    static final class Binding extends Node {

        private final String name;
        private final Node bound;

        Binding(int position, String name, Node bound) {
            super(position);
            this.name = name;
            this.bound = bound;
        }

        @Override
        @Nullable
        Object value(@Nullable Object input, NameScope scope) {
            var value = bound.evaluate(input, scope);
            // The language has no assignment: a name of a scope around is hidden here, not changed.
            scope.bind(name, value);
            return value;
        }
    }
}
