package dev.weft.expression.evaluation;

import dev.weft.expression.value.NameScope;
import dev.weft.expression.value.Nothing;
import dev.weft.expression.value.Run;
import dev.weft.expression.value.Sequence;
import dev.weft.expression.value.Values;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parts of an expression without parts of their own. */
final class Literals {

    private Literals() {}

    /** The name of a member; of an array those of its elements. */
    static final class Name extends Node {

        final String name;

        Name(int position, String name) {
            super(position);
            this.name = name;
        }

        boolean isPlain() {
            return stages.isEmpty() && predicates.isEmpty() && grouping == null && !bindsNames && !keepsArray;
        }

        @Override
        @Nullable
        Object value(@Nullable Object input, NameScope scope) {
            return Values.find(input, name, scope.run);
        }
    }

    /** A text, number, boolean, null or regular expression. */
    static final class Constant extends Node {

        final @Nullable Object value;

        Constant(int position, @Nullable Object value) {
            super(position);
            this.value = value;
        }

        @Override
        @Nullable
        Object value(@Nullable Object input, NameScope scope) {
            return value;
        }
    }

    /** {@code *}: all members, arrays among them laid flat. */
    static final class Wildcard extends Node {

        Wildcard(int position) {
            super(position);
        }

        @Override
        Object value(@Nullable Object input, NameScope scope) {
            var results = Sequence.found();
            // To a path the array at the root is one value, but a wildcard looks at its elements.
            var looked = input instanceof Sequence wrapper && wrapper.wrapsRoot ? wrapper.getFirst() : input;
            if (looked instanceof Map<?, ?> map) {
                map.values().forEach(value -> flatten(value, results, scope.run));
            } else if (looked instanceof List<?> list) {
                list.forEach(value -> flatten(value, results, scope.run));
            }
            return results;
        }

        private static void flatten(@Nullable Object value, Sequence into, Run run) {
            run.step();
            if (value instanceof List<?> list) {
                list.forEach(element -> flatten(element, into, run));
            } else {
                run.makeElements(1);
                into.add(value);
            }
        }
    }

    /** {@code **}: all below, and itself. */
    static final class Descendants extends Node {

        Descendants(int position) {
            super(position);
        }

        @Override
        @Nullable
        Object value(@Nullable Object input, NameScope scope) {
            if (Nothing.is(input)) {
                return input;
            }
            var results = Sequence.found();
            collect(input, results, scope.run);
            return results.size() == 1 ? results.getFirst() : results;
        }

        private static void collect(@Nullable Object value, Sequence into, Run run) {
            run.step();
            if (value instanceof List<?> list) {
                // Arrays are walked through and are no results themselves.
                list.forEach(element -> collect(element, into, run));
                return;
            }
            run.makeElements(1);
            into.add(value);
            if (value instanceof Map<?, ?> map) {
                map.values().forEach(member -> collect(member, into, run));
            }
        }
    }

    /** {@code %}: what an earlier step was applied to. */
    static final class Parent extends Node {

        private final String label;

        Parent(int position, String label) {
            super(position);
            this.label = label;
        }

        @Override
        @Nullable
        Object value(@Nullable Object input, NameScope scope) {
            return scope.find(label);
        }
    }

    /** {@code $x}; {@code $} is the context itself. */
    static final class Variable extends Node {

        final String name;

        Variable(int position, String name) {
            super(position);
            this.name = name;
        }

        @Override
        @Nullable
        Object value(@Nullable Object input, NameScope scope) {
            if (name.isEmpty()) {
                return input instanceof Sequence sequence && sequence.wrapsRoot ? sequence.getFirst() : input;
            }
            return scope.find(name);
        }
    }
}
