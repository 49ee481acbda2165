package dev.weft.expression.syntax;

import com.dashjoin.jsonata.Parser;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The suffixes of a node, and its role as a step of a path. */
public final class SyntaxSuffixes {

    private final SyntaxNode node;
    private final Parser.Symbol symbol;

    SyntaxSuffixes(SyntaxNode node, Parser.Symbol symbol) {
        this.node = node;
        this.symbol = symbol;
    }

    /** Filters wherever it stands; what stands in the brackets. */
    List<SyntaxNode> filters() {
        var holders = symbol.stages == null ? node.nodes(SymbolFields.PREDICATE) : stages();
        return holders.stream().map(SyntaxNode::filter).toList();
    }

    /** Filters where it is no step. */
    public List<SyntaxNode> predicates() {
        return node.nodes(SymbolFields.PREDICATE).stream()
                .map(SyntaxNode::filter)
                .toList();
    }

    /** Filters and positions where it is a step, in their order; of type {@code filter} or {@code index}. */
    public List<SyntaxNode> stages() {
        return node.nodes(symbol.stages);
    }

    public boolean isGrouped() {
        return symbol.group != null;
    }

    /** See {@link SyntaxNode#bindsContext}. */
    boolean bindContext() {
        return symbol.focus != null
                || symbol.index != null
                || symbol.ancestor != null
                || symbol.tuple != null
                || symbol.seekingParent != null;
    }

    /** Whether names are bound from this step on, or in this path. */
    public boolean bindsNames() {
        return symbol.tuple != null;
    }

    @Nullable
    public String focus() {
        return symbol.focus == null ? null : String.valueOf(symbol.focus);
    }

    @Nullable
    public String index() {
        return symbol.index == null ? null : String.valueOf(symbol.index);
    }

    @Nullable
    public String ancestor() {
        return symbol.ancestor == null ? null : symbol.ancestor.label;
    }

    public boolean keepsArray() {
        return (boolean) SymbolFields.KEEP_ARRAY.get(symbol);
    }

    public boolean keepsSingletonArray() {
        return symbol.keepSingletonArray;
    }

    public boolean constructsArray() {
        return symbol.consarray;
    }
}
