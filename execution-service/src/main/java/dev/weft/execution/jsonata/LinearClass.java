package dev.weft.execution.jsonata;

import dev.weft.expression.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which expressions may run inside the service: those whose cost grows with the size of their input and no faster
 * (engine 6). Paths, literals, operators, constructors and functions that take values; no lambda, recursion, range,
 * regular expression or order-by, no walk over the root for each element of an array, and no function that repeats or
 * compiles text. All others run in the sandbox.
 */
final class LinearClass {

    private static final Set<String> OPERATORS =
            Set.of("+", "-", "*", "/", "%", "=", "!=", "<", "<=", ">", ">=", "&", "and", "or", "in");
    private static final Set<String> FUNCTIONS = Set.of("""
            sum count max min average string substring substringBefore substringAfter lowercase uppercase
            length trim contains split join replace number floor ceil round abs sqrt power boolean not keys
            lookup append exists merge reverse error assert type base64encode base64decode
            encodeUrlComponent encodeUrl decodeUrlComponent decodeUrl toMillis fromMillis now millis
            getPassthrough getFlowVariables""".split("\\s+"));

    private final Set<String> bound = new HashSet<>();
    private int references;

    private LinearClass() {}

    /** How often it names a part of its input, when it is linear; else -1. */
    static int references(SyntaxNode root) {
        var check = new LinearClass();
        return check.linear(root, false) ? check.references : -1;
    }

    private boolean linear(SyntaxNode node, boolean repeated) {
        if (node.bindsContext()) {
            return false;
        }
        for (var filter : node.filters()) {
            if (!linear(filter, true)) {
                return false;
            }
        }
        for (var pair : node.group()) {
            if (!linear(pair.key(), true) || !linear(pair.value(), true)) {
                return false;
            }
        }
        return switch (node.type()) {
            case "name", "wildcard" -> {
                references++;
                yield true;
            }
            case "string", "number", "value" -> true;
            case "path" -> path(node.steps(), repeated);
            case "binary" -> OPERATORS.contains(String.valueOf(node.value())) && children(node, repeated);
            case "unary" -> unary(node, repeated);
            case "condition", "block" -> children(node, repeated);
            case "bind" -> bind(node, repeated);
            case "variable" -> variable(node, repeated);
            case "function" -> function(node, repeated);
            case "apply" -> {
                var right = node.right();
                yield right != null && right.type().equals("function") && children(node, repeated);
            }
            default -> false;
        };
    }

    private boolean path(List<SyntaxNode> steps, boolean repeated) {
        var first = steps.getFirst();
        var start = 0;
        if (repeated && isWhole(first)) {
            // Reading a member of the root for each element is fine, walking through the root for each is not.
            if (!steps.stream().skip(1).allMatch(LinearClass::isPlainName)) {
                return false;
            }
            references++;
            start = 1;
        }
        for (var i = start; i < steps.size(); i++) {
            if (!linear(steps.get(i), repeated || i > 0)) {
                return false;
            }
        }
        return true;
    }

    private boolean unary(SyntaxNode node, boolean repeated) {
        if (!node.is("unary", "{")) {
            return children(node, repeated);
        }
        for (var pair : node.pairs()) {
            if (!linear(pair.key(), true) || !linear(pair.value(), repeated)) {
                return false;
            }
        }
        return true;
    }

    /**
     * A variable may not be computed from another variable: {@code $b := $a & $a; $c := $b & $b; ..} doubles the size
     * with each line.
     */
    private boolean bind(SyntaxNode node, boolean repeated) {
        var name = node.left();
        var value = node.right();
        if (name == null || value == null || mentionsBound(value) || !linear(value, repeated)) {
            return false;
        }
        // A name that is bound twice would mean something else at each place, so it is outside the class.
        return bound.add(String.valueOf(name.value()));
    }

    private boolean mentionsBound(SyntaxNode node) {
        return node.type().equals("bind")
                || isBound(node)
                || node.children().stream().anyMatch(this::mentionsBound);
    }

    private boolean variable(SyntaxNode node, boolean repeated) {
        references++;
        return !repeated || !isWhole(node) || (isBound(node) && node.filters().isEmpty());
    }

    private boolean function(SyntaxNode node, boolean repeated) {
        var procedure = node.procedure();
        if (procedure == null || !procedure.type().equals("variable")) {
            return false;
        }
        var name = String.valueOf(procedure.value());
        references++;
        return FUNCTIONS.contains(name)
                && !bound.contains(name)
                && node.arguments().stream().allMatch(argument -> linear(argument, repeated));
    }

    private boolean children(SyntaxNode node, boolean repeated) {
        return parts(node).stream().allMatch(child -> linear(child, repeated));
    }

    /** What an operator, constructor, condition or block is made of, without filters and groups. */
    private static List<SyntaxNode> parts(SyntaxNode node) {
        var parts = new ArrayList<>(node.items());
        for (var part : new SyntaxNode[] {
            node.left(), node.right(), node.operand(), node.condition(), node.then(), node.otherwise()
        }) {
            if (part != null) {
                parts.add(part);
            }
        }
        return parts;
    }

    /** {@code $$}, {@code $msg} or a bound name: something that may be as big as the input. */
    private boolean isWhole(SyntaxNode node) {
        return node.is("variable", "$") || node.is("variable", "msg") || isBound(node);
    }

    private boolean isBound(SyntaxNode node) {
        return node.type().equals("variable") && bound.contains(String.valueOf(node.value()));
    }

    private static boolean isPlainName(SyntaxNode step) {
        return step.type().equals("name")
                && step.filters().isEmpty()
                && step.group().isEmpty()
                && !step.bindsContext();
    }
}
