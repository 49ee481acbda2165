package dev.weft.expression.evaluation;

import dev.weft.expression.evaluation.Constructors.NumberRange;
import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.NameScope;
import dev.weft.expression.value.Nothing;
import dev.weft.expression.value.Numbers;
import dev.weft.expression.value.Sequence;
import dev.weft.expression.value.Texts;
import dev.weft.expression.value.Values;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operators between two values, and the minus before one. */
final class Operators {

    private static final double RANGE = 1e7;

    private Operators() {}

    static Node of(int position, String operator, Node left, Node right) {
        return switch (operator) {
            case "+", "-", "*", "/", "%" -> new Arithmetic(position, operator.charAt(0), left, right);
            case "=", "!=" -> new Equality(position, operator.equals("="), left, right);
            case "<", "<=", ">", ">=" -> new Comparison(position, operator, left, right);
            case "&" -> new Concatenation(position, left, right);
            case "and", "or" -> new Logic(position, operator.equals("and"), left, right);
            case "in" -> new Membership(position, left, right);
            case ".." -> new Range(position, left, right);
            default -> throw ExpressionFault.of("S0204", operator).at(position, operator);
        };
    }

    private abstract static class Binary extends Node {

        final Node left;
        final Node right;

        Binary(int position, Node left, Node right) {
            super(position);
            this.left = left;
            this.right = right;
        }
    }

    private static final class Arithmetic extends Binary {

        private final char operator;

        Arithmetic(int position, char operator, Node left, Node right) {
            super(position, left, right);
            this.operator = operator;
        }

        @Override
        @Nullable
        Object value(@Nullable Object input, NameScope scope) {
            var a = left.evaluate(input, scope);
            var b = right.evaluate(input, scope);
            // The kinds are judged before a missing value makes the result nothing: a text beside nothing is a fault
            // all the same.
            if (!isOperand(a)) {
                throw fault("T2001", a);
            }
            if (!isOperand(b)) {
                throw fault("T2002", b);
            }
            if (!(a instanceof Number one) || !(b instanceof Number two)) {
                return Nothing.NOTHING;
            }
            // An overflow is no fault here. The reference finds it where the number is used next, and so do we.
            var x = one.doubleValue();
            var y = two.doubleValue();
            return switch (operator) {
                case '+' -> x + y;
                case '-' -> x - y;
                case '*' -> x * y;
                case '/' -> x / y;
                default -> x % y;
            };
        }

        private boolean isOperand(@Nullable Object value) {
            try {
                return Nothing.is(value) || Numbers.isNumber(value);
            } catch (ExpressionFault e) {
                throw e.at(position, String.valueOf(operator));
            }
        }

        private ExpressionFault fault(String code, @Nullable Object value) {
            return ExpressionFault.of(code, value).at(position, String.valueOf(operator));
        }
    }

    private static final class Equality extends Binary {

        private final boolean wanted;

        Equality(int position, boolean wanted, Node left, Node right) {
            super(position, left, right);
            this.wanted = wanted;
        }

        @Override
        Object value(@Nullable Object input, NameScope scope) {
            var a = left.evaluate(input, scope);
            var b = right.evaluate(input, scope);
            // Nothing is neither equal nor unequal: with a missing value != is false as well.
            if (Nothing.is(a) || Nothing.is(b)) {
                return false;
            }
            return Values.areEqual(a, b, scope.run) == wanted;
        }
    }

    private static final class Comparison extends Binary {

        private final String operator;

        Comparison(int position, String operator, Node left, Node right) {
            super(position, left, right);
            this.operator = operator;
        }

        @Override
        @Nullable
        Object value(@Nullable Object input, NameScope scope) {
            var a = left.evaluate(input, scope);
            var b = right.evaluate(input, scope);
            if (!isComparable(a) || !isComparable(b)) {
                throw ExpressionFault.of("T2010", isComparable(a) ? b : a).at(position, operator);
            }
            if (Nothing.is(a) || Nothing.is(b)) {
                return Nothing.NOTHING;
            }
            if (a instanceof Number x && b instanceof Number y) {
                return compare(x.doubleValue(), y.doubleValue());
            }
            if (a instanceof String x && b instanceof String y) {
                // Texts compare by their UTF-16 units as in JavaScript; a collator would order them otherwise in each
                // language.
                return compare(x.compareTo(y), 0);
            }
            throw ExpressionFault.of("T2009", a, b).at(position, operator);
        }

        private boolean compare(double x, double y) {
            return switch (operator) {
                case "<" -> x < y;
                case "<=" -> x <= y;
                case ">" -> x > y;
                default -> x >= y;
            };
        }

        private static boolean isComparable(@Nullable Object value) {
            return value instanceof Number || value instanceof String || Nothing.is(value);
        }
    }

    private static final class Concatenation extends Binary {

        Concatenation(int position, Node left, Node right) {
            super(position, left, right);
        }

        @Override
        Object value(@Nullable Object input, NameScope scope) {
            var a = text(left.evaluate(input, scope), scope);
            var b = text(right.evaluate(input, scope), scope);
            // The length is judged before the text is made: one that doubles itself fills the memory within thirty
            // turns.
            if (a.isEmpty() || b.isEmpty()) {
                return a.isEmpty() ? b : a;
            }
            scope.run.makeText((long) a.length() + b.length());
            return a.concat(b);
        }

        private String text(@Nullable Object value, NameScope scope) {
            if (Nothing.is(value)) {
                return "";
            }
            try {
                return value instanceof String text ? text : Texts.of(value, false, scope.run);
            } catch (ExpressionFault e) {
                throw e.at(position, "&");
            }
        }
    }

    private static final class Logic extends Binary {

        private final boolean both;

        Logic(int position, boolean both, Node left, Node right) {
            super(position, left, right);
            this.both = both;
        }

        @Override
        Object value(@Nullable Object input, NameScope scope) {
            var first = Values.isTrue(left.evaluate(input, scope), scope.run);
            return first == both ? Values.isTrue(right.evaluate(input, scope), scope.run) : first;
        }
    }

    private static final class Membership extends Binary {

        Membership(int position, Node left, Node right) {
            super(position, left, right);
        }

        @Override
        Object value(@Nullable Object input, NameScope scope) {
            var a = left.evaluate(input, scope);
            var b = right.evaluate(input, scope);
            if (Nothing.is(a) || Nothing.is(b)) {
                return false;
            }
            if (!(b instanceof List<?> list)) {
                // "in" compares by identity, unlike "=": an object that is only equal is not found, as in the
                // reference.
                return Values.areSame(a, b);
            }
            for (var element : list) {
                scope.run.step();
                if (Values.areSame(a, element)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static final class Range extends Binary {

        Range(int position, Node left, Node right) {
            super(position, left, right);
        }

        @Override
        Object value(@Nullable Object input, NameScope scope) {
            var a = left.evaluate(input, scope);
            var b = right.evaluate(input, scope);
            if (!isEnd(a)) {
                throw ExpressionFault.of("T2003", a).at(position, "..");
            }
            if (!isEnd(b)) {
                throw ExpressionFault.of("T2004", b).at(position, "..");
            }
            if (!(a instanceof Number one) || !(b instanceof Number two) || one.doubleValue() > two.doubleValue()) {
                return Nothing.NOTHING;
            }
            var size = two.doubleValue() - one.doubleValue() + 1;
            if (size > RANGE) {
                throw ExpressionFault.of("D2014", size).at(position, "..");
            }
            // A range is a sequence to the reference, so that one of a single number is that number.
            return size == 1 ? Sequence.found(a) : new NumberRange(one.longValue(), (int) size);
        }

        private static boolean isEnd(@Nullable Object value) {
            return Nothing.is(value) || (value instanceof Number number && Numbers.isWhole(number.doubleValue()));
        }
    }

    /** {@code -x}. */
    static final class Negation extends Node {

        private final Node operand;

        Negation(int position, Node operand) {
            super(position);
            this.operand = operand;
        }

        @Override
        @Nullable
        Object value(@Nullable Object input, NameScope scope) {
            var value = operand.evaluate(input, scope);
            if (Nothing.is(value)) {
                return value;
            }
            if (!(value instanceof Number number) || !Numbers.isNumber(number)) {
                throw ExpressionFault.of("D1002", value).at(position, "-");
            }
            return -number.doubleValue();
        }
    }
}
