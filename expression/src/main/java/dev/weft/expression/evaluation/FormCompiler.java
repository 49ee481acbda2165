package dev.weft.expression.evaluation;

import dev.weft.expression.call.CallNode;
import dev.weft.expression.call.Calls;
import dev.weft.expression.definition.FunctionSignature;
import dev.weft.expression.node.ConstantNode;
import dev.weft.expression.node.Node;
import dev.weft.expression.operation.Operators;
import dev.weft.expression.path.Paths;
import dev.weft.expression.path.SortTerm;
import dev.weft.expression.syntax.SyntaxNode;
import dev.weft.expression.value.ExpressionFault;
import org.jspecify.annotations.Nullable;

/** Makes the node of each kind of expression, without its suffixes (filters, groupings, ..). */
final class FormCompiler {

    private final Compiler compiler;

    FormCompiler(Compiler compiler) {
        this.compiler = compiler;
    }

    Node bare(SyntaxNode syntax) {
        var at = syntax.position();
        return switch (syntax.type()) {
            case "path" ->
                Paths.path(compiler.nodes(syntax.steps()), syntax.suffixes().keepsSingletonArray());
            case "unary" -> unary(syntax);
            case "name" -> Paths.name(at, Compiler.text(syntax));
            case "string", "number", "value" -> new ConstantNode(at, syntax.value());
            case "regex" -> new ConstantNode(at, syntax.form().regex());
            case "wildcard" -> Paths.wildcard(at);
            case "descendant" -> Paths.descendants(at);
            case "parent" -> Paths.parent(at, syntax.form().slot());
            case "condition" ->
                new ConditionNode(
                        at,
                        compiler.node(syntax.condition()),
                        compiler.node(syntax.then()),
                        optional(syntax.otherwise()));
            case "block" -> new BlockNode(at, compiler.nodes(syntax.items()));
            case "bind" -> new BindingNode(at, name(syntax.left()), compiler.node(syntax.right()));
            case "variable" -> Paths.variable(at, Compiler.text(syntax));
            case "function" -> call(syntax);
            case "partial" -> call(syntax).partial();
            case "lambda" -> lambda(syntax);
            case "apply" -> Calls.applied(at, compiler.node(syntax.left()), compiler.node(syntax.right()));
            case "transform" -> transform(syntax);
            case "sort" ->
                Paths.order(at, syntax.form().terms().stream().map(this::term).toList());
            // The only operator that occurs as a value is the question mark of a partial application.
            case "operator" -> new ConstantNode(at, Calls.OPEN);
            default -> throw ExpressionFault.of("S0206", Compiler.text(syntax)).at(at, null);
        };
    }

    private Node unary(SyntaxNode syntax) {
        return switch (Compiler.text(syntax)) {
            case "[" -> new ArrayConstructor(syntax.position(), compiler.nodes(syntax.items()));
            case "{" -> new ObjectConstructor(syntax.position(), compiler.grouping(syntax.pairs()));
            default -> Operators.negation(syntax.position(), compiler.node(syntax.operand()));
        };
    }

    private CallNode call(SyntaxNode syntax) {
        var procedure = syntax.procedure();
        return new CallNode(
                syntax.position(),
                compiler.node(procedure),
                compiler.nodes(syntax.arguments()),
                procedureName(procedure));
    }

    private static @Nullable String procedureName(@Nullable SyntaxNode procedure) {
        if (procedure == null) {
            return null;
        }
        return switch (procedure.type()) {
            case "path" -> String.valueOf(procedure.steps().getFirst().value());
            case "variable" -> Compiler.text(procedure);
            default -> null;
        };
    }

    private Node lambda(SyntaxNode syntax) {
        var form = syntax.form();
        // The parser wraps each tail call into a lambda, so that it can be made after the function has returned.
        if (form.isThunk() && compiler.node(form.body()) instanceof CallNode call) {
            return call.deferred();
        }
        var parameters = syntax.arguments().stream().map(Compiler::text).toList();
        var written = form.signature();
        return Calls.function(
                syntax.position(),
                parameters,
                compiler.node(form.body()),
                written == null ? null : FunctionSignature.of(written));
    }

    private Node transform(SyntaxNode syntax) {
        var form = syntax.form();
        return Calls.transform(
                syntax.position(),
                compiler.node(form.pattern()),
                compiler.node(form.update()),
                optional(form.deletion()));
    }

    private SortTerm term(SyntaxNode syntax) {
        return new SortTerm(compiler.node(syntax.operand()), syntax.form().isDescending());
    }

    private @Nullable Node optional(@Nullable SyntaxNode syntax) {
        return syntax == null ? null : compiler.node(syntax);
    }

    private static String name(@Nullable SyntaxNode syntax) {
        return syntax == null ? "" : Compiler.text(syntax);
    }
}
