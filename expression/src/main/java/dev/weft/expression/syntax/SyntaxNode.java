package dev.weft.expression.syntax;

import com.dashjoin.jsonata.Parser;
import dev.weft.expression.value.ExpressionFault;
import java.lang.invoke.VarHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node of a parsed expression. The library does not publish its syntax tree; only this package reads it, by
 * {@link SymbolFields}.
 */
public final class SyntaxNode {

    private final Parser.Symbol symbol;
    private final RegexLiterals regexes;

    SyntaxNode(Parser.Symbol symbol, RegexLiterals regexes) {
        this.symbol = symbol;
        this.regexes = regexes;
    }

    /**
     * Reads an expression.
     *
     * @throws ExpressionFault when it is none, or too long or too deep to be read
     */
    public static SyntaxNode parse(String text) {
        return SyntaxReader.read(text);
    }

    /** How deep it is, at most. */
    public int levels() {
        return regexes.levels();
    }

    public String type() {
        var type = (String) SymbolFields.TYPE.get(symbol);
        return type == null ? "" : type;
    }

    /** The name, literal or operator. */
    public @Nullable Object value() {
        return SymbolFields.VALUE.get(symbol);
    }

    public boolean is(String type, Object value) {
        return type().equals(type) && value.equals(value());
    }

    /** Of its character in the text. */
    public int position() {
        return (int) SymbolFields.POSITION.get(symbol);
    }

    public List<SyntaxNode> steps() {
        return nodes(SymbolFields.STEPS);
    }

    public @Nullable SyntaxNode left() {
        return node(SymbolFields.LEFT);
    }

    public @Nullable SyntaxNode right() {
        return node(SymbolFields.RIGHT);
    }

    /** What a minus sign or an order-by term stands before. */
    public @Nullable SyntaxNode operand() {
        return node(SymbolFields.OPERAND);
    }

    /** The elements of an array constructor, the expressions of a block. */
    public List<SyntaxNode> items() {
        return nodes(SymbolFields.ITEMS);
    }

    public @Nullable SyntaxNode condition() {
        return node(SymbolFields.CONDITION);
    }

    public @Nullable SyntaxNode then() {
        return node(SymbolFields.THEN);
    }

    public @Nullable SyntaxNode otherwise() {
        return node(SymbolFields.ELSE);
    }

    public @Nullable SyntaxNode procedure() {
        return node(SymbolFields.PROCEDURE);
    }

    public List<SyntaxNode> arguments() {
        return nodes(SymbolFields.ARGUMENTS);
    }

    /** Filters on this node: {@code a[x]}; what stands in the brackets. */
    public List<SyntaxNode> filters() {
        return suffixes().filters();
    }

    /** What stands in the brackets of a stage. */
    public SyntaxNode filter() {
        var inner = nodeOf(symbol.expr);
        return inner == null ? this : inner;
    }

    /** The pairs of an object constructor. */
    public List<SyntaxPair> pairs() {
        return SyntaxPair.of(symbol, regexes);
    }

    /** The pairs of a grouping behind this node: {@code a{k: v}}. */
    public List<SyntaxPair> group() {
        return symbol.group == null ? List.of() : SyntaxPair.of(symbol.group, regexes);
    }

    /** Whether it binds names to positions or contexts ({@code @$v}, {@code #$i}) or looks up to parents. */
    public boolean bindsContext() {
        return suffixes().bindContext();
    }

    /** What stands behind it. */
    public SyntaxSuffixes suffixes() {
        return new SyntaxSuffixes(this, symbol);
    }

    /** What only some kinds have. */
    public SyntaxForm form() {
        return new SyntaxForm(this, symbol, regexes);
    }

    /** Everything directly below. */
    public List<SyntaxNode> children() {
        return SyntaxChildren.of(this);
    }

    List<SyntaxNode> nodes(VarHandle list) {
        return nodes((List<?>) list.get(symbol));
    }

    List<SyntaxNode> nodes(@Nullable List<?> symbols) {
        return symbols == null
                ? List.of()
                : symbols.stream()
                        .map(one -> new SyntaxNode((Parser.Symbol) one, regexes))
                        .toList();
    }

    @Nullable
    SyntaxNode node(VarHandle part) {
        return nodeOf(part.get(symbol));
    }

    private @Nullable SyntaxNode nodeOf(@Nullable Object below) {
        return below instanceof Parser.Symbol one ? new SyntaxNode(one, regexes) : null;
    }
}
