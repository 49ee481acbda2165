package dev.weft.execution.mapping;

import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Parser;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node of a parsed expression. The library keeps its syntax tree to itself, and re-creates a parser for each new
 * thread when asked in the public way; this class is the only one that reaches into it, and fails at load when a new
 * version looks different.
 */
final class SyntaxNode {

    private static final VarHandle AST;
    private static final Jsonata.Frame FUNCTIONS;
    private static final ThreadLocal<Object> CURRENT;
    private static final MethodHandle EVALUATE;
    private static final VarHandle TYPE;
    private static final VarHandle VALUE;
    private static final VarHandle STEPS;
    private static final VarHandle LEFT;
    private static final VarHandle RIGHT;
    private static final VarHandle OPERAND;
    private static final VarHandle ITEMS;
    private static final VarHandle CONDITION;
    private static final VarHandle THEN;
    private static final VarHandle ELSE;
    private static final VarHandle PROCEDURE;
    private static final VarHandle ARGUMENTS;
    private static final VarHandle PREDICATE;
    private static final VarHandle TERMS;
    private static final VarHandle BODY;
    private static final VarHandle PATTERN;
    private static final VarHandle UPDATE;
    private static final VarHandle DELETE;

    static {
        try {
            var own = MethodHandles.lookup();
            var library = MethodHandles.privateLookupIn(Jsonata.class, own);
            AST = library.findVarHandle(Jsonata.class, "ast", Parser.Symbol.class);
            CURRENT = threadLocal(library.findStaticVarHandle(Jsonata.class, "current", ThreadLocal.class));
            FUNCTIONS = (Jsonata.Frame) library.findStaticVarHandle(Jsonata.class, "staticFrame", Jsonata.Frame.class)
                    .get();
            EVALUATE = library.findVirtual(
                    Jsonata.class,
                    "evaluate",
                    MethodType.methodType(Object.class, Parser.Symbol.class, Object.class, Jsonata.Frame.class));
            var symbol = MethodHandles.privateLookupIn(Parser.Symbol.class, own);
            TYPE = symbol.findVarHandle(Parser.Symbol.class, "type", String.class);
            VALUE = symbol.findVarHandle(Parser.Symbol.class, "value", Object.class);
            STEPS = symbol.findVarHandle(Parser.Symbol.class, "steps", List.class);
            LEFT = symbol.findVarHandle(Parser.Symbol.class, "lhs", Parser.Symbol.class);
            RIGHT = symbol.findVarHandle(Parser.Symbol.class, "rhs", Parser.Symbol.class);
            OPERAND = symbol.findVarHandle(Parser.Symbol.class, "expression", Parser.Symbol.class);
            ITEMS = symbol.findVarHandle(Parser.Symbol.class, "expressions", List.class);
            CONDITION = symbol.findVarHandle(Parser.Symbol.class, "condition", Parser.Symbol.class);
            THEN = symbol.findVarHandle(Parser.Symbol.class, "then", Parser.Symbol.class);
            ELSE = symbol.findVarHandle(Parser.Symbol.class, "_else", Parser.Symbol.class);
            PROCEDURE = symbol.findVarHandle(Parser.Symbol.class, "procedure", Parser.Symbol.class);
            ARGUMENTS = symbol.findVarHandle(Parser.Symbol.class, "arguments", List.class);
            PREDICATE = symbol.findVarHandle(Parser.Symbol.class, "predicate", List.class);
            TERMS = symbol.findVarHandle(Parser.Symbol.class, "terms", List.class);
            BODY = symbol.findVarHandle(Parser.Symbol.class, "body", Parser.Symbol.class);
            PATTERN = symbol.findVarHandle(Parser.Symbol.class, "pattern", Parser.Symbol.class);
            UPDATE = symbol.findVarHandle(Parser.Symbol.class, "update", Parser.Symbol.class);
            DELETE = symbol.findVarHandle(Parser.Symbol.class, "delete", Parser.Symbol.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Parser.Symbol symbol;

    private SyntaxNode(Parser.Symbol symbol) {
        this.symbol = symbol;
    }

    static SyntaxNode of(Jsonata parsed) {
        return new SyntaxNode((Parser.Symbol) AST.get(parsed));
    }

    /** The scope that holds the functions of the language. */
    static Jsonata.Frame functions() {
        return FUNCTIONS;
    }

    /** Evaluates the whole expression with {@code frame} as its outermost scope. */
    @Nullable
    Object evaluate(Jsonata parsed, @Nullable Object root, Jsonata.Frame frame) throws Throwable {
        CURRENT.set(parsed);
        try {
            return EVALUATE.invokeExact(parsed, symbol, root, frame);
        } finally {
            CURRENT.remove();
        }
    }

    String type() {
        var type = (String) TYPE.get(symbol);
        return type == null ? "" : type;
    }

    /** The name, literal or operator. */
    @Nullable
    Object value() {
        return VALUE.get(symbol);
    }

    boolean is(String type, Object value) {
        return type().equals(type) && value.equals(value());
    }

    List<SyntaxNode> steps() {
        return nodes(STEPS);
    }

    @Nullable
    SyntaxNode left() {
        return node(LEFT.get(symbol));
    }

    @Nullable
    SyntaxNode right() {
        return node(RIGHT.get(symbol));
    }

    /** What a minus sign or an order-by term stands before. */
    @Nullable
    SyntaxNode operand() {
        return node(OPERAND.get(symbol));
    }

    /** The elements of an array constructor, the expressions of a block. */
    List<SyntaxNode> items() {
        return nodes(ITEMS);
    }

    @Nullable
    SyntaxNode condition() {
        return node(CONDITION.get(symbol));
    }

    @Nullable
    SyntaxNode then() {
        return node(THEN.get(symbol));
    }

    @Nullable
    SyntaxNode otherwise() {
        return node(ELSE.get(symbol));
    }

    @Nullable
    SyntaxNode procedure() {
        return node(PROCEDURE.get(symbol));
    }

    List<SyntaxNode> arguments() {
        return nodes(ARGUMENTS);
    }

    /** Filters on this node: {@code a[x]}; what stands in the brackets. */
    List<SyntaxNode> filters() {
        var filters = new ArrayList<SyntaxNode>();
        for (var holder : symbol.stages == null ? nodes(PREDICATE) : nodes(symbol.stages)) {
            var inner = node(holder.symbol.expr);
            filters.add(inner == null ? holder : inner);
        }
        return filters;
    }

    /** The pairs of an object constructor. */
    List<Pair> pairs() {
        return pairs(symbol);
    }

    /** The pairs of a grouping behind this node: {@code a{k: v}}. */
    List<Pair> group() {
        return symbol.group == null ? List.of() : pairs(symbol.group);
    }

    /** Whether it binds names to positions or contexts ({@code @$v}, {@code #$i}) or looks up to parents. */
    boolean bindsContext() {
        return symbol.focus != null
                || symbol.index != null
                || symbol.ancestor != null
                || symbol.tuple != null
                || symbol.seekingParent != null;
    }

    /** Everything directly below. */
    List<SyntaxNode> children() {
        var all = new ArrayList<SyntaxNode>(steps());
        all.addAll(items());
        all.addAll(arguments());
        all.addAll(filters());
        all.addAll(nodes(TERMS));
        for (var pair : pairs()) {
            all.add(pair.key());
            all.add(pair.value());
        }
        for (var pair : group()) {
            all.add(pair.key());
            all.add(pair.value());
        }
        for (var handle :
                new VarHandle[] {LEFT, RIGHT, OPERAND, CONDITION, THEN, ELSE, PROCEDURE, BODY, PATTERN, UPDATE, DELETE
                }) {
            var child = node(handle.get(symbol));
            if (child != null) {
                all.add(child);
            }
        }
        return all;
    }

    private List<SyntaxNode> nodes(VarHandle list) {
        return nodes((List<?>) list.get(symbol));
    }

    private static List<SyntaxNode> nodes(@Nullable List<?> symbols) {
        return symbols == null
                ? List.of()
                : symbols.stream()
                        .map(one -> new SyntaxNode((Parser.Symbol) one))
                        .toList();
    }

    private static @Nullable SyntaxNode node(@Nullable Object symbol) {
        return symbol instanceof Parser.Symbol one ? new SyntaxNode(one) : null;
    }

    private static List<Pair> pairs(Parser.Symbol holder) {
        return holder.lhsObject == null
                ? List.of()
                : holder.lhsObject.stream()
                        .map(pair -> new Pair(new SyntaxNode(pair[0]), new SyntaxNode(pair[1])))
                        .toList();
    }

    @SuppressWarnings("unchecked")
    private static ThreadLocal<Object> threadLocal(VarHandle field) {
        return (ThreadLocal<Object>) field.get();
    }

    /** Key and value in an object constructor. */
    record Pair(SyntaxNode key, SyntaxNode value) {}
}
