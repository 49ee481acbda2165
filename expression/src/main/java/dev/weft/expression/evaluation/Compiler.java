package dev.weft.expression.evaluation;

import dev.weft.expression.node.GroupPair;
import dev.weft.expression.node.Grouping;
import dev.weft.expression.node.Node;
import dev.weft.expression.node.Stage;
import dev.weft.expression.node.Suffix;
import dev.weft.expression.operation.Operators;
import dev.weft.expression.syntax.SyntaxNode;
import dev.weft.expression.syntax.SyntaxPair;
import dev.weft.expression.value.ExpressionFault;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns a syntax tree into the nodes that are evaluated. */
public final class Compiler {

    private static final int NESTING = 1_000;

    private final FormCompiler forms = new FormCompiler(this);
    private int depth;

    private Compiler() {}

    public static Node compile(SyntaxNode root) {
        return new Compiler().node(root);
    }

    Node node(@Nullable SyntaxNode syntax) {
        if (syntax == null) {
            throw ExpressionFault.of("S0207");
        }
        if (syntax.type().equals("binary")) {
            return binary(syntax);
        }
        enter(1);
        var node = forms.bare(syntax);
        depth--;
        return finished(node, syntax);
    }

    /** A long chain of operators is a deep tree to the left; built from there it takes no stack. */
    private Node binary(SyntaxNode syntax) {
        var chain = new ArrayList<SyntaxNode>();
        @Nullable SyntaxNode left = syntax;
        while (left != null && left.type().equals("binary")) {
            chain.add(left);
            left = left.left();
        }
        enter(chain.size());
        var built = node(left);
        for (var operator : chain.reversed()) {
            var node = Operators.of(operator.position(), text(operator), built, node(operator.right()));
            built = finished(node, operator);
        }
        depth -= chain.size();
        return built;
    }

    private void enter(int levels) {
        depth += levels;
        if (depth > NESTING) {
            throw ExpressionFault.tooDeep();
        }
    }

    private Node finished(Node node, SyntaxNode syntax) {
        var suffixes = syntax.suffixes();
        return node.with(new Suffix(
                nodes(suffixes.predicates()),
                suffixes.stages().stream().map(this::stage).toList(),
                suffixes.isGrouped() ? grouping(syntax.group()) : null,
                suffixes.keepsArray(),
                suffixes.constructsArray(),
                suffixes.bindsNames(),
                suffixes.focus(),
                suffixes.index(),
                suffixes.ancestor()));
    }

    private Stage stage(SyntaxNode syntax) {
        return syntax.type().equals("index") ? new Stage(null, text(syntax)) : new Stage(node(syntax.filter()), null);
    }

    Grouping grouping(List<SyntaxPair> pairs) {
        return new Grouping(pairs.stream()
                .map(pair -> new GroupPair(node(pair.key()), node(pair.value())))
                .toList());
    }

    List<Node> nodes(List<SyntaxNode> syntax) {
        var nodes = new ArrayList<Node>(syntax.size());
        syntax.forEach(one -> nodes.add(node(one)));
        return List.copyOf(nodes);
    }

    static String text(SyntaxNode syntax) {
        return String.valueOf(syntax.value());
    }
}
