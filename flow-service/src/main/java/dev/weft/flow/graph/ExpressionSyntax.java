package dev.weft.flow.graph;

import dev.weft.expression.Program;
import dev.weft.expression.value.ExpressionFault;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks the syntax of JSONata by the engine's own parser, so that a stored expression can run. */
final class ExpressionSyntax {

    private ExpressionSyntax() {}

    /** What is wrong with the expression; empty when it is well-formed. */
    static Optional<String> fault(String expression) {
        try {
            Program.parse(expression);
            return Optional.empty();
        } catch (ExpressionFault e) {
            return Optional.of("This is not JSONata: " + e.text());
        }
    }

    /** Walks a value whose strings are JSONata and whose other values are literal. */
    static void check(@Nullable Object value, String path, GraphFaults faults) {
        check(value, path, new ArrayDeque<>(), faults);
    }

    /** @param below the way from {@code path} to the value: it is made a text for a fault only, since values may lie deep */
    private static void check(@Nullable Object value, String path, Deque<String> below, GraphFaults faults) {
        if (faults.isFull()) {
            return;
        }
        switch (value) {
            case String text -> fault(text).ifPresent(detail -> faults.add(path + String.join("", below), detail));
            case Map<?, ?> object ->
                object.forEach((name, member) -> {
                    below.addLast(GraphFaults.part(String.valueOf(name)));
                    check(member, path, below, faults);
                    below.removeLast();
                });
            case List<?> array -> {
                for (int i = 0; i < array.size(); i++) {
                    below.addLast("/" + i);
                    check(array.get(i), path, below, faults);
                    below.removeLast();
                }
            }
            case null, default -> {}
        }
    }
}
