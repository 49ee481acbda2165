package dev.weft.execution.jsonata;

import dev.weft.expression.syntax.SyntaxNode;
import java.util.List;
import java.util.Set;

/**
 * Recognizes expressions that do little more than read parts of the message: names one after the other, literals,
 * operators and objects around them, and functions that look at each part once; none of it for each element of an
 * array. Their cost is known before: at most the parts of the message for each reference. On a message of usual size
 * that is less than handing it to another thread.
 */
final class PlainReads {

    private static final Set<String> OPERATORS = Set.of("=", "!=", "<", "<=", ">", ">=", "&", "and", "or");
    private static final Set<String> FUNCTIONS = Set.of(
            "sum",
            "count",
            "max",
            "min",
            "average",
            "length",
            "exists",
            "not",
            "boolean",
            "uppercase",
            "lowercase",
            "trim");

    private PlainReads() {}

    static boolean is(SyntaxNode node) {
        if (!isBare(node)) {
            return false;
        }
        return switch (node.type()) {
            case "name", "string", "number", "value" -> true;
            case "variable" -> isRoot(node);
            case "path" -> isPath(node.steps());
            case "binary" -> OPERATORS.contains(String.valueOf(node.value())) && areAll(node.children());
            case "unary" -> isObject(node);
            case "condition" -> areAll(node.children());
            case "function" -> isFunction(node) && areAll(node.arguments());
            default -> false;
        };
    }

    private static boolean areAll(List<SyntaxNode> nodes) {
        return nodes.stream().allMatch(PlainReads::is);
    }

    private static boolean isObject(SyntaxNode node) {
        return node.is("unary", "{")
                && node.pairs().stream().allMatch(pair -> pair.key().type().equals("string") && is(pair.value()));
    }

    private static boolean isFunction(SyntaxNode node) {
        var procedure = node.procedure();
        return procedure != null
                && procedure.type().equals("variable")
                && FUNCTIONS.contains(String.valueOf(procedure.value()));
    }

    private static boolean isPath(List<SyntaxNode> steps) {
        return (isName(steps.getFirst()) || isRoot(steps.getFirst()))
                && steps.stream().skip(1).allMatch(PlainReads::isName);
    }

    private static boolean isRoot(SyntaxNode node) {
        return isBare(node) && (node.is("variable", "$") || node.is("variable", "") || node.is("variable", "msg"));
    }

    private static boolean isName(SyntaxNode node) {
        return isBare(node) && node.type().equals("name");
    }

    private static boolean isBare(SyntaxNode node) {
        return !node.bindsContext() && node.filters().isEmpty() && node.group().isEmpty();
    }
}
