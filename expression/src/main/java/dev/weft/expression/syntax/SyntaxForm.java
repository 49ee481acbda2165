package dev.weft.expression.syntax;

import com.dashjoin.jsonata.Parser;
import com.dashjoin.jsonata.utils.Signature;
import dev.weft.expression.value.Callee;
import dev.weft.expression.value.ExpressionFault;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The parts that only some kinds of nodes have: functions, transforms, sorts, parents and regular expressions. */
public final class SyntaxForm {

    private final SyntaxNode node;
    private final Parser.Symbol symbol;
    private final RegexLiterals regexes;

    SyntaxForm(SyntaxNode node, Parser.Symbol symbol, RegexLiterals regexes) {
        this.node = node;
        this.symbol = symbol;
        this.regexes = regexes;
    }

    /** The name that a parent is bound to. */
    public String slot() {
        if (SymbolFields.SLOT.get(symbol) instanceof Parser.Symbol slot) {
            return String.valueOf(slot.label);
        }
        throw ExpressionFault.of("S0217").at(node.position(), null);
    }

    /** A call at the end of a function. */
    public boolean isThunk() {
        return symbol.thunk;
    }

    public List<SyntaxNode> terms() {
        return node.nodes(SymbolFields.TERMS);
    }

    public boolean isDescending() {
        return (boolean) SymbolFields.DESCENDING.get(symbol);
    }

    @Nullable
    public SyntaxNode body() {
        return node.node(SymbolFields.BODY);
    }

    @Nullable
    public SyntaxNode pattern() {
        return node.node(SymbolFields.PATTERN);
    }

    @Nullable
    public SyntaxNode update() {
        return node.node(SymbolFields.UPDATE);
    }

    @Nullable
    public SyntaxNode deletion() {
        return node.node(SymbolFields.DELETE);
    }

    /** The signature of a function, as it was written; null without one. */
    @Nullable
    public String signature() {
        return symbol.signature instanceof Signature signature ? WrittenSignature.of(signature) : null;
    }

    public Callee regex() {
        return regexes.find(node.value() instanceof Pattern read ? read.pattern() : "");
    }
}
