package dev.weft.execution.jsonata;

import dev.weft.expression.syntax.SyntaxNode;
import dev.weft.sandbox.message.MessageEvaluation;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the earlier steps that an expression refers to: {@code elasticio.step_1.body} names {@code step_1}. */
final class PassthroughNames {

    static final String ROOT = MessageEvaluation.PASSTHROUGH;
    private static final Set<String> ALL_KNOWING = Set.of("msg", "getPassthrough", "eval");

    private final Set<String> names = new HashSet<>();
    private boolean all;

    private PassthroughNames() {}

    /** Empty when it may ask for any. */
    static Optional<Set<String>> of(SyntaxNode root) {
        var finder = new PassthroughNames();
        finder.visit(root);
        return finder.all ? Optional.empty() : Optional.of(Set.copyOf(finder.names));
    }

    private void visit(SyntaxNode node) {
        if (node.type().equals("path")) {
            path(node.steps());
            node.group().forEach(pair -> {
                visit(pair.key());
                visit(pair.value());
            });
            return;
        }
        var value = node.value();
        // The bare word, or the word as a text (for $lookup), may refer to any step.
        all |= node.type().equals("variable") ? ALL_KNOWING.contains(String.valueOf(value)) : ROOT.equals(value);
        node.children().forEach(this::visit);
    }

    private void path(List<SyntaxNode> steps) {
        for (var i = 0; i < steps.size(); i++) {
            var step = steps.get(i);
            var next = i + 1 < steps.size() ? steps.get(i + 1) : null;
            if (step.is("name", ROOT)
                    && next != null
                    && next.type().equals("name")
                    && step.filters().isEmpty()) {
                names.add(String.valueOf(next.value()));
            } else {
                visit(step);
            }
        }
    }
}
