package dev.weft.execution.builtin;

import dev.weft.execution.mapping.Expression;
import dev.weft.execution.mapping.Expressions;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a step's fields: plain ones with default and range, expressions compiled. A null field counts as not given. Its
 * refusals only concern versions that nobody checked: usually the flow's author meets them when saving (api-v2 9.2).
 */
public final class BuiltinFields {

    private final Map<String, Object> fields;
    private final Expressions expressions;

    public BuiltinFields(Map<String, Object> fields, Expressions expressions) {
        this.fields = fields;
        this.expressions = expressions;
    }

    public @Nullable Object value(String name) {
        return fields.get(name);
    }

    public @Nullable String text(String name) {
        return switch (fields.get(name)) {
            case null -> null;
            case String text -> text;
            default -> throw new IllegalArgumentException("Field " + name + " must be a text.");
        };
    }

    public String requiredText(String name) {
        var text = text(name);
        if (text == null || text.isBlank()) {
            throw missing(name);
        }
        return text;
    }

    public boolean flag(String name) {
        return switch (fields.get(name)) {
            case null -> false;
            case Boolean flag -> flag;
            default -> throw new IllegalArgumentException("Field " + name + " must be true or false.");
        };
    }

    public int number(String name, int standard, int least, int most) {
        var value = fields.get(name);
        if (value == null) {
            return standard;
        }
        if (!(value instanceof Number number)) {
            throw new IllegalArgumentException("Field " + name + " must be a number.");
        }
        var exact = new BigDecimal(number.toString());
        if (exact.stripTrailingZeros().scale() > 0
                || exact.compareTo(BigDecimal.valueOf(least)) < 0
                || exact.compareTo(BigDecimal.valueOf(most)) > 0) {
            throw new IllegalArgumentException(
                    "Field " + name + " must be a whole number from " + least + " to " + most + ".");
        }
        return exact.intValue();
    }

    /** A field marked J; null when it is not given. */
    public @Nullable Expression expression(String name) {
        var value = fields.get(name);
        return value == null ? null : expressions.compileValue(value);
    }

    public Expression expression(String name, String standard) {
        var expression = expression(name);
        return expression == null ? expressions.compile(standard) : expression;
    }

    /** The same, but a null that was given is meant: it is what the step then has. */
    public Expression expressionOrNull(String name, String standard) {
        return fields.containsKey(name) && fields.get(name) == null
                ? expressions.compileValue(null)
                : expression(name, standard);
    }

    public Expression requiredExpression(String name) {
        var expression = expression(name);
        if (expression == null) {
            throw missing(name);
        }
        return expression;
    }

    private static IllegalArgumentException missing(String name) {
        return new IllegalArgumentException("Field " + name + " is required.");
    }
}
