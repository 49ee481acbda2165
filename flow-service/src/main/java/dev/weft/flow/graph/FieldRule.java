package dev.weft.flow.graph;

import dev.weft.common.schedule.CronSchedule;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a component's descriptor says about one field. Built-in components say it in a form for programs too: {@code
 * {"kind":"plain","type":"integer","minimum":0,"maximum":10,"required":false}}.
 *
 * @param kind             how the value is read
 * @param type             JSON type of a plain or literal value; null for any
 * @param format           what more it must be: an array {@code origins} of web pages, or {@code *} alone; a text the
 *     {@code timezone} of a name of the IANA database; null for any
 * @param allowed          the only values; empty for any
 * @param requiredUnless   a setting of the flow that makes the field dispensable
 * @param literalPrefixes  a text that starts with one of them is no expression
 */
record FieldRule(
        Kind kind,
        @Nullable String type,
        @Nullable String format,
        @Nullable BigDecimal minimum,
        @Nullable BigDecimal maximum,
        List<String> allowed,
        boolean required,
        @Nullable String requiredUnless,
        List<String> literalPrefixes) {

    /** Scheme, host and perhaps a port, as browsers send it (RFC 6454 6.2). */
    private static final Pattern ORIGIN = Pattern.compile(
            "[A-Za-z][A-Za-z0-9+.-]*://([A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*|\\[[0-9A-Fa-f:.]+\\])(:[0-9]{1,5})?");

    private static final int LONGEST_ORIGIN = 300;
    private static final int MOST_ORIGINS = 100;

    /** How a field's value is read. */
    enum Kind {
        /** As it stands. */
        PLAIN,
        /** A text is JSONata, so are texts inside objects and arrays; other values are literal. */
        JSONATA,
        /** By the component alone. */
        OPAQUE
    }

    static FieldRule of(Map<?, ?> descriptor) {
        return new FieldRule(
                "plain".equals(descriptor.get("kind"))
                        ? Kind.PLAIN
                        : "jsonata".equals(descriptor.get("kind")) ? Kind.JSONATA : Kind.OPAQUE,
                descriptor.get("type") instanceof String type ? type : null,
                descriptor.get("format") instanceof String format ? format : null,
                number(descriptor.get("minimum")),
                number(descriptor.get("maximum")),
                texts(descriptor.get("enum")),
                Boolean.TRUE.equals(descriptor.get("required")),
                descriptor.get("requiredUnless") instanceof String other ? other : null,
                texts(descriptor.get("literalPrefixes")));
    }

    private static List<String> texts(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static @Nullable BigDecimal number(@Nullable Object value) {
        // A JSON number larger than any double was read as infinite, and can not be compared.
        return value instanceof Number number && Double.isFinite(number.doubleValue())
                ? new BigDecimal(number.toString())
                : null;
    }

    /** Reports what is wrong with a value that was set. */
    void check(@Nullable Object value, String name, String path, GraphFaults faults) {
        switch (kind) {
            case PLAIN -> literalFault(value, name).ifPresent(detail -> faults.add(path, detail));
            case JSONATA -> {
                if (value instanceof String text && literalPrefixes.stream().anyMatch(text::startsWith)) {
                    return;
                }
                // A value that is not a text is checked as a literal, but texts inside it are expressions nevertheless.
                if (value != null && !(value instanceof String)) {
                    literalFault(value, name).ifPresent(detail -> faults.add(path, detail));
                }
                ExpressionSyntax.check(value, path, faults);
            }
            case OPAQUE -> {}
        }
    }

    private Optional<String> literalFault(@Nullable Object value, String name) {
        if (type != null && !isOfType(value, type)) {
            return Optional.of(name + " must be of type " + type + ".");
        }
        if ("origins".equals(format) && value instanceof List<?> origins && !areOrigins(origins)) {
            return Optional.of(name + " must name origins, such as https://example.com, or * alone.");
        }
        if (!allowed.isEmpty() && !allowed.contains(String.valueOf(value))) {
            return Optional.of(name + " must be one of " + String.join(", ", allowed) + ".");
        }
        if ("timezone".equals(format) && !CronSchedule.isZone(String.valueOf(value))) {
            return Optional.of(name + " must be the name of a time zone, such as Europe/Berlin.");
        }
        var number = number(value);
        if (number != null
                && ((minimum != null && number.compareTo(minimum) < 0)
                        || (maximum != null && number.compareTo(maximum) > 0))) {
            return Optional.of(name + " must be from " + minimum + " to " + maximum + ".");
        }
        return Optional.empty();
    }

    private static boolean areOrigins(List<?> values) {
        return values.equals(List.of("*"))
                || (values.size() <= MOST_ORIGINS
                        && values.stream()
                                .allMatch(value -> value instanceof String text
                                        && text.length() <= LONGEST_ORIGIN
                                        && ORIGIN.matcher(text).matches()));
    }

    private static boolean isOfType(@Nullable Object value, String type) {
        return switch (type) {
            case "string" -> value instanceof String;
            case "boolean" -> value instanceof Boolean;
            case "object" -> value instanceof Map;
            case "array" -> value instanceof List;
            case "integer" -> isInteger(value);
            case "number" -> value instanceof Number;
            default -> throw new IllegalStateException("A descriptor names the type " + type + ".");
        };
    }

    static boolean isInteger(@Nullable Object value) {
        return switch (value) {
            case Integer _, Long _, BigInteger _ -> true;
            case BigDecimal decimal -> decimal.stripTrailingZeros().scale() <= 0;
            case Double number -> number % 1 == 0;
            case null, default -> false;
        };
    }

    /** Whether nothing usable was set. */
    static boolean isMissing(@Nullable Object value) {
        return value == null || (value instanceof String text && text.isBlank());
    }
}
