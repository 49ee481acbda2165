package dev.weft.expression.syntax;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Parser;
import com.dashjoin.jsonata.utils.Signature;
import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.Nothing;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A node of a parsed expression. The library keeps its syntax tree to itself; this class is the only one that reaches into it,
 * and fails at load when a new version looks different.
 */
public final class SyntaxNode {

    private static final int LENGTH = 64 * 1024;
    /** See {@link RegexLiterals#levels}. */
    private static final int LEVELS = 1_500;

    private static final VarHandle TYPE;
    private static final VarHandle VALUE;
    private static final VarHandle POSITION;
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
    private static final VarHandle DESCENDING;
    private static final VarHandle BODY;
    private static final VarHandle PATTERN;
    private static final VarHandle UPDATE;
    private static final VarHandle DELETE;
    private static final VarHandle SLOT;
    private static final VarHandle KEEP_ARRAY;
    private static final VarHandle PARAMETERS;
    private static final VarHandle PARAMETER_TYPE;
    private static final VarHandle PARAMETER_REGEX;
    private static final VarHandle PARAMETER_CONTEXT;
    private static final VarHandle PARAMETER_SUBTYPE;

    static {
        try {
            var own = MethodHandles.lookup();
            var symbol = MethodHandles.privateLookupIn(Parser.Symbol.class, own);
            TYPE = symbol.findVarHandle(Parser.Symbol.class, "type", String.class);
            VALUE = symbol.findVarHandle(Parser.Symbol.class, "value", Object.class);
            POSITION = symbol.findVarHandle(Parser.Symbol.class, "position", int.class);
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
            DESCENDING = symbol.findVarHandle(Parser.Symbol.class, "descending", boolean.class);
            BODY = symbol.findVarHandle(Parser.Symbol.class, "body", Parser.Symbol.class);
            PATTERN = symbol.findVarHandle(Parser.Symbol.class, "pattern", Parser.Symbol.class);
            UPDATE = symbol.findVarHandle(Parser.Symbol.class, "update", Parser.Symbol.class);
            DELETE = symbol.findVarHandle(Parser.Symbol.class, "delete", Parser.Symbol.class);
            SLOT = symbol.findVarHandle(Parser.Symbol.class, "slot", Parser.Symbol.class);
            KEEP_ARRAY = symbol.findVarHandle(Parser.Symbol.class, "keepArray", boolean.class);
            var signature = MethodHandles.privateLookupIn(Signature.class, own);
            PARAMETERS = signature.findVarHandle(Signature.class, "_params", List.class);
            var parameter = signature.findClass("com.dashjoin.jsonata.utils.Signature$Param");
            PARAMETER_TYPE = signature.findVarHandle(parameter, "type", String.class);
            PARAMETER_REGEX = signature.findVarHandle(parameter, "regex", String.class);
            PARAMETER_CONTEXT = signature.findVarHandle(parameter, "context", boolean.class);
            PARAMETER_SUBTYPE = signature.findVarHandle(parameter, "subtype", String.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Parser.Symbol symbol;
    private final RegexLiterals regexes;

    private SyntaxNode(Parser.Symbol symbol, RegexLiterals regexes) {
        this.symbol = symbol;
        this.regexes = regexes;
    }

    /**
     * Reads an expression.
     *
     * @throws ExpressionFault when it is none, or too long or too deep to be read
     */
    public static SyntaxNode parse(String text) {
        if (text.length() > LENGTH) {
            throw ExpressionFault.bound("An expression has at most " + LENGTH + " characters.");
        }
        try {
            var scanned = RegexLiterals.of(text);
            if (scanned.levels() > LEVELS) {
                throw tooDeep();
            }
            // One that was used before has the labels of the expression before.
            return DeepStack.run(scanned.levels(), () -> new SyntaxNode(new Parser().parse(scanned.text()), scanned));
        } catch (JException e) {
            throw fault(e);
        } catch (StackOverflowError _) {
            throw tooDeep();
        } catch (ExpressionFault e) {
            throw e;
        } catch (RuntimeException | Error e) {
            if (e instanceof VirtualMachineError error) {
                throw error;
            }
            if (String.valueOf(e.getMessage()).startsWith("Type parameters")) {
                throw ExpressionFault.of("S0401");
            }
            if (String.valueOf(e.getMessage()).startsWith("Choice groups")) {
                throw ExpressionFault.of("S0402");
            }
            // The parser runs over the end of some unfinished texts.
            throw ExpressionFault.of("S0207").at(text.length(), null);
        }
    }

    public static ExpressionFault tooDeep() {
        return ExpressionFault.bound("The expression is nested too deeply.");
    }

    private static ExpressionFault fault(JException e) {
        var code = e.getError() == null ? "S0201" : e.getError();
        return ExpressionFault.of(code, seen(e.getCurrent()), seen(e.getExpected()))
                .at(e.getLocation(), null);
    }

    private static Object seen(@Nullable Object token) {
        return token == null ? Nothing.NOTHING : String.valueOf(token);
    }

    /** How deep it is, at most. */
    public int levels() {
        return regexes.levels();
    }

    public String type() {
        var type = (String) TYPE.get(symbol);
        return type == null ? "" : type;
    }

    /** The name, literal or operator. */
    public @Nullable Object value() {
        return VALUE.get(symbol);
    }

    public boolean is(String type, Object value) {
        return type().equals(type) && value.equals(value());
    }

    /** Of its character in the text. */
    public int position() {
        return (int) POSITION.get(symbol);
    }

    public List<SyntaxNode> steps() {
        return nodes(STEPS);
    }

    public @Nullable SyntaxNode left() {
        return node(LEFT.get(symbol));
    }

    public @Nullable SyntaxNode right() {
        return node(RIGHT.get(symbol));
    }

    /** What a minus sign or an order-by term stands before. */
    public @Nullable SyntaxNode operand() {
        return node(OPERAND.get(symbol));
    }

    /** The elements of an array constructor, the expressions of a block. */
    public List<SyntaxNode> items() {
        return nodes(ITEMS);
    }

    public @Nullable SyntaxNode condition() {
        return node(CONDITION.get(symbol));
    }

    public @Nullable SyntaxNode then() {
        return node(THEN.get(symbol));
    }

    public @Nullable SyntaxNode otherwise() {
        return node(ELSE.get(symbol));
    }

    public @Nullable SyntaxNode procedure() {
        return node(PROCEDURE.get(symbol));
    }

    public List<SyntaxNode> arguments() {
        return nodes(ARGUMENTS);
    }

    /** Filters on this node: {@code a[x]}; what stands in the brackets. */
    public List<SyntaxNode> filters() {
        var filters = new ArrayList<SyntaxNode>();
        for (var holder : symbol.stages == null ? nodes(PREDICATE) : nodes(symbol.stages)) {
            var inner = node(holder.symbol.expr);
            filters.add(inner == null ? holder : inner);
        }
        return filters;
    }

    /** Filters on this node where it is no step. */
    public List<SyntaxNode> predicates() {
        return nodes(PREDICATE).stream().map(SyntaxNode::filter).toList();
    }

    /** Filters and positions on this step, in their order; of type {@code filter} or {@code index}. */
    public List<SyntaxNode> stages() {
        return nodes(symbol.stages);
    }

    /** What stands in the brackets of a stage. */
    public SyntaxNode filter() {
        var inner = node(symbol.expr);
        return inner == null ? this : inner;
    }

    /** The pairs of an object constructor. */
    public List<Pair> pairs() {
        return pairs(symbol);
    }

    /** The pairs of a grouping behind this node: {@code a{k: v}}. */
    public List<Pair> group() {
        return symbol.group == null ? List.of() : pairs(symbol.group);
    }

    public boolean isGrouped() {
        return symbol.group != null;
    }

    /** Whether it binds names to positions or contexts ({@code @$v}, {@code #$i}) or looks up to parents. */
    public boolean bindsContext() {
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

    /** The name that a parent is bound to. */
    public String slot() {
        if (SLOT.get(symbol) instanceof Parser.Symbol slot) {
            return String.valueOf(slot.label);
        }
        throw ExpressionFault.of("S0217").at(position(), null);
    }

    public boolean keepsArray() {
        return (boolean) KEEP_ARRAY.get(symbol);
    }

    public boolean keepsSingletonArray() {
        return symbol.keepSingletonArray;
    }

    public boolean constructsArray() {
        return symbol.consarray;
    }

    /** A call at the end of a function. */
    public boolean isThunk() {
        return symbol.thunk;
    }

    public List<SyntaxNode> terms() {
        return nodes(TERMS);
    }

    public boolean isDescending() {
        return (boolean) DESCENDING.get(symbol);
    }

    @Nullable
    public SyntaxNode body() {
        return node(BODY.get(symbol));
    }

    @Nullable
    public SyntaxNode pattern() {
        return node(PATTERN.get(symbol));
    }

    @Nullable
    public SyntaxNode update() {
        return node(UPDATE.get(symbol));
    }

    @Nullable
    public SyntaxNode deletion() {
        return node(DELETE.get(symbol));
    }

    /** The signature of a function, as it was written; null without one. */
    @Nullable
    public String signature() {
        if (!(symbol.signature instanceof Signature signature)) {
            return null;
        }
        var definition = new StringBuilder("<");
        for (var parameter : (List<?>) PARAMETERS.get(signature)) {
            definition.append((String) PARAMETER_TYPE.get(parameter));
            var subtype = (String) PARAMETER_SUBTYPE.get(parameter);
            if (subtype != null) {
                definition.append('<').append(subtype).append('>');
            }
            var regex = (String) PARAMETER_REGEX.get(parameter);
            if ((boolean) PARAMETER_CONTEXT.get(parameter)) {
                definition.append('-');
            } else if (regex.endsWith("?") || regex.endsWith("+")) {
                definition.append(regex.charAt(regex.length() - 1));
            }
        }
        return definition.append('>').toString();
    }

    public Regex regex() {
        return regexes.find(value() instanceof Pattern read ? read.pattern() : "");
    }

    /** Everything directly below. */
    public List<SyntaxNode> children() {
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

    private List<SyntaxNode> nodes(@Nullable List<?> symbols) {
        return symbols == null
                ? List.of()
                : symbols.stream()
                        .map(one -> new SyntaxNode((Parser.Symbol) one, regexes))
                        .toList();
    }

    private @Nullable SyntaxNode node(@Nullable Object below) {
        return below instanceof Parser.Symbol one ? new SyntaxNode(one, regexes) : null;
    }

    private List<Pair> pairs(Parser.Symbol holder) {
        return holder.lhsObject == null
                ? List.of()
                : holder.lhsObject.stream()
                        .map(pair -> new Pair(new SyntaxNode(pair[0], regexes), new SyntaxNode(pair[1], regexes)))
                        .toList();
    }

    /** Key and value in an object constructor. */
    public record Pair(SyntaxNode key, SyntaxNode value) {}
}
