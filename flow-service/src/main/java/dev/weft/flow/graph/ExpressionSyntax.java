package dev.weft.flow.graph;

import dev.weft.expression.ExpressionFault;
import dev.weft.expression.Program;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks the syntax of JSONata by the reader that the engine has, so that what is stored can run. */
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
        switch (value) {
            case String text -> fault(text).ifPresent(detail -> faults.add(path, detail));
            case Map<?, ?> object ->
                object.forEach((name, member) -> check(member, path + GraphFaults.part(String.valueOf(name)), faults));
            case List<?> array -> {
                for (int i = 0; i < array.size(); i++) {
                    check(array.get(i), path + "/" + i, faults);
                }
            }
            case null, default -> {}
        }
    }
}
