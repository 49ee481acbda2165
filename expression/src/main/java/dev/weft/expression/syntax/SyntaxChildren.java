package dev.weft.expression.syntax;

import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;

/** All direct children of a node, for walks over a whole expression. */
final class SyntaxChildren {

    private static final List<VarHandle> PARTS = List.of(
            SymbolFields.LEFT,
            SymbolFields.RIGHT,
            SymbolFields.OPERAND,
            SymbolFields.CONDITION,
            SymbolFields.THEN,
            SymbolFields.ELSE,
            SymbolFields.PROCEDURE,
            SymbolFields.BODY,
            SymbolFields.PATTERN,
            SymbolFields.UPDATE,
            SymbolFields.DELETE);

    private SyntaxChildren() {}

    static List<SyntaxNode> of(SyntaxNode node) {
        var all = new ArrayList<SyntaxNode>(node.steps());
        all.addAll(node.items());
        all.addAll(node.arguments());
        all.addAll(node.filters());
        all.addAll(node.form().terms());
        addPairs(node.pairs(), all);
        addPairs(node.group(), all);
        for (var part : PARTS) {
            var child = node.node(part);
            if (child != null) {
                all.add(child);
            }
        }
        return all;
    }

    private static void addPairs(List<SyntaxPair> pairs, List<SyntaxNode> all) {
        for (var pair : pairs) {
            all.add(pair.key());
            all.add(pair.value());
        }
    }
}
