package dev.weft.expression.operation;

import dev.weft.expression.node.Node;
import dev.weft.expression.value.ExpressionFault;

/** Operators between two values, and the minus before one. */
public final class Operators {

    private Operators() {}

    public static Node of(int position, String operator, Node left, Node right) {
        return switch (operator) {
            case "+", "-", "*", "/", "%" -> new ArithmeticNode(position, operator.charAt(0), left, right);
            case "=", "!=" -> new EqualityNode(position, operator.equals("="), left, right);
            case "<", "<=", ">", ">=" -> new ComparisonNode(position, operator, left, right);
            case "&" -> new ConcatenationNode(position, left, right);
            case "and", "or" -> new LogicNode(position, operator.equals("and"), left, right);
            case "in" -> new MembershipNode(position, left, right);
            case ".." -> new RangeNode(position, left, right);
            default -> throw ExpressionFault.of("S0204", operator).at(position, operator);
        };
    }

    /** The minus before a value. */
    public static Node negation(int position, Node operand) {
        return new NegationNode(position, operand);
    }
}
