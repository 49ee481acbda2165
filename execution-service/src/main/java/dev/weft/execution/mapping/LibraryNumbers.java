package dev.weft.execution.mapping;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of one message as the JSONata library computes with them: Integer, Long and Double. Of all others it loses
 * parts or the order, and it may write them out to their last digit: {@code 1e100000000} has many. A double knows the
 * number that it was made of, so that what an expression only hands on keeps its digits.
 */
final class LibraryNumbers {

    private static final double LONGS = 0x1p63;

    /** By identity: an equal number that was computed is another one. */
    private final IdentityHashMap<Object, Number> originals = new IdentityHashMap<>();

    /** Whether the library takes a number for what it is. */
    static boolean isForeign(Number number) {
        return number instanceof BigDecimal || number instanceof BigInteger;
    }

    /** A copy with such numbers. */
    @Nullable
    Object copy(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> copy(map);
            case List<?> list -> {
                var copy = new ArrayList<@Nullable Object>(list.size());
                list.forEach(element -> copy.add(copy(element)));
                yield copy;
            }
            case BigDecimal decimal -> number(decimal);
            case BigInteger whole -> inexact(whole);
            case null, default -> value;
        };
    }

    /** Members may be null all the same. */
    Map<String, Object> copy(Map<?, ?> map) {
        var copy = LinkedHashMap.<String, @Nullable Object>newLinkedHashMap(map.size());
        map.forEach((name, member) -> copy.put(String.valueOf(name), copy(member)));
        @SuppressWarnings({"unchecked", "NullAway"})
        var typed = (Map<String, Object>) (Map<String, ?>) copy;
        return typed;
    }

    /** The number that a double was made of; null when it was computed. */
    @Nullable
    Number original(Double number) {
        return originals.get(number);
    }

    private Number number(BigDecimal decimal) {
        var nearest = decimal.doubleValue();
        if (nearest != Math.rint(nearest) || Math.abs(nearest) >= LONGS) {
            return inexact(decimal);
        }
        try {
            var whole = decimal.longValueExact();
            if (whole == (int) whole) {
                return (int) whole;
            }
            return whole;
        } catch (ArithmeticException _) {
            // A fraction that is too small beside the rest for a double to have it.
            return inexact(decimal);
        }
    }

    private Double inexact(Number number) {
        Double nearest = number.doubleValue();
        originals.put(nearest, number);
        return nearest;
    }
}
