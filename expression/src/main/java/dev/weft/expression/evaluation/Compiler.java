package dev.weft.expression.evaluation;

import dev.weft.expression.function.FunctionSignature;
import dev.weft.expression.syntax.SyntaxNode;
import dev.weft.expression.value.ExpressionFault;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes of a syntax tree the nodes that are evaluated. */
public final class Compiler {

    private static final int NESTING = 1_000;

    private int depth;

    private Compiler() {}

    public static Node compile(SyntaxNode root) {
        return new Compiler().node(root);
    }

    private Node node(@Nullable SyntaxNode syntax) {
        if (syntax == null) {
            throw ExpressionFault.of("S0207");
        }
        if (syntax.type().equals("binary")) {
            return binary(syntax);
        }
        enter(1);
        var node = bare(syntax);
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
            throw SyntaxNode.tooDeep();
        }
    }

    private Node finished(Node node, SyntaxNode syntax) {
        node.predicates = nodes(syntax.predicates());
        node.stages = syntax.stages().stream().map(this::stage).toList();
        node.keepsArray = syntax.keepsArray();
        node.constructs = syntax.constructsArray();
        node.bindsNames = syntax.bindsNames();
        node.focus = syntax.focus();
        node.index = syntax.index();
        node.ancestor = syntax.ancestor();
        if (syntax.isGrouped()) {
            node.grouping = new Grouping(pairs(syntax.group()));
        }
        return node;
    }

    private Node bare(SyntaxNode syntax) {
        var at = syntax.position();
        return switch (syntax.type()) {
            case "path" -> new StepsNode(nodes(syntax.steps()), syntax.keepsSingletonArray());
            case "unary" -> unary(syntax);
            case "name" -> new Literals.Name(at, text(syntax));
            case "string", "number", "value" -> new Literals.Constant(at, syntax.value());
            case "regex" -> new Literals.Constant(at, syntax.regex());
            case "wildcard" -> new Literals.Wildcard(at);
            case "descendant" -> new Literals.Descendants(at);
            case "parent" -> new Literals.Parent(at, syntax.slot());
            case "condition" ->
                new Control.Condition(
                        at,
                        node(syntax.condition()),
                        node(syntax.then()),
                        syntax.otherwise() == null ? null : node(syntax.otherwise()));
            case "block" -> new Control.Block(at, nodes(syntax.items()));
            case "bind" -> new Control.Binding(at, name(syntax.left()), node(syntax.right()));
            case "variable" -> new Literals.Variable(at, text(syntax));
            case "function" -> call(syntax);
            case "partial" -> new Calls.PartialNode(call(syntax));
            case "lambda" -> lambda(syntax);
            case "apply" -> new Calls.ApplyNode(at, node(syntax.left()), node(syntax.right()));
            case "transform" ->
                new TransformNode(
                        at,
                        node(syntax.pattern()),
                        node(syntax.update()),
                        syntax.deletion() == null ? null : node(syntax.deletion()));
            case "sort" ->
                new SortNode(
                        at,
                        syntax.terms().stream()
                                .map(term -> new SortNode.Term(node(term.operand()), term.isDescending()))
                                .toList());
            // The only operator that stands for itself is the question mark of a partial application.
            case "operator" -> new Literals.Constant(at, Calls.Partial.OPEN);
            default -> throw ExpressionFault.of("S0206", text(syntax)).at(at, null);
        };
    }

    private Node unary(SyntaxNode syntax) {
        return switch (text(syntax)) {
            case "[" -> new Constructors.ArrayNode(syntax.position(), nodes(syntax.items()));
            case "{" -> new Constructors.ObjectNode(syntax.position(), new Grouping(pairs(syntax.pairs())));
            default -> new Operators.Negation(syntax.position(), node(syntax.operand()));
        };
    }

    private Calls.CallNode call(SyntaxNode syntax) {
        var procedure = syntax.procedure();
        return new Calls.CallNode(
                syntax.position(), node(procedure), nodes(syntax.arguments()), procedureName(procedure));
    }

    private static @Nullable String procedureName(@Nullable SyntaxNode procedure) {
        if (procedure == null) {
            return null;
        }
        return switch (procedure.type()) {
            case "path" -> String.valueOf(procedure.steps().getFirst().value());
            case "variable" -> text(procedure);
            default -> null;
        };
    }

    private Node lambda(SyntaxNode syntax) {
        // The parser wraps each call at the end of a function into a lambda, so that it can be made after the function
        // has returned.
        if (syntax.isThunk() && node(syntax.body()) instanceof Calls.CallNode call) {
            return new Calls.ThunkNode(call);
        }
        var parameters = syntax.arguments().stream().map(Compiler::text).toList();
        var written = syntax.signature();
        return new Calls.LambdaNode(
                syntax.position(),
                parameters,
                node(syntax.body()),
                written == null ? null : FunctionSignature.of(written));
    }

    private Node.Stage stage(SyntaxNode syntax) {
        return syntax.type().equals("index")
                ? new Node.Stage(null, text(syntax))
                : new Node.Stage(node(syntax.filter()), null);
    }

    private List<Grouping.Pair> pairs(List<SyntaxNode.Pair> pairs) {
        return pairs.stream()
                .map(pair -> new Grouping.Pair(node(pair.key()), node(pair.value())))
                .toList();
    }

    private List<Node> nodes(List<SyntaxNode> syntax) {
        var nodes = new ArrayList<Node>(syntax.size());
        syntax.forEach(one -> nodes.add(node(one)));
        return List.copyOf(nodes);
    }

    private static String name(@Nullable SyntaxNode syntax) {
        return syntax == null ? "" : text(syntax);
    }

    private static String text(SyntaxNode syntax) {
        return String.valueOf(syntax.value());
    }
}
