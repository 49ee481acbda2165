package dev.weft.expression.function;

import dev.weft.expression.definition.CallArguments;
import dev.weft.expression.definition.FunctionDefinitions;
import dev.weft.expression.picture.IntegerPicture;
import dev.weft.expression.picture.NumberPicture;
import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.Nothing;
import dev.weft.expression.value.Numbers;
import dev.weft.expression.value.ShortestDigits;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Functions of numbers. */
final class NumberFunctions {

    private NumberFunctions() {}

    static void define(FunctionDefinitions all) {
        all.add("sum", "<a<n>:n>", 1, a -> sum(a.list(0)));
        all.any("count", "<a:n>", 1, a -> a.list(0).size());
        all.add("max", "<a<n>:n>", 1, a -> most(a.list(0), 1));
        all.add("min", "<a<n>:n>", 1, a -> most(a.list(0), -1));
        all.add(
                "average",
                "<a<n>:n>",
                1,
                a -> a.list(0).isEmpty()
                        ? Nothing.NOTHING
                        : sum(a.list(0)) / a.list(0).size());
        all.add("number", "<(nsb)-:n>", 1, a -> NumberReading.number(a.get(0)));
        all.add("abs", "<n-:n>", 1, a -> Math.abs(a.number(0)));
        all.add("floor", "<n-:n>", 1, a -> Math.floor(a.number(0)));
        all.add("ceil", "<n-:n>", 1, a -> Math.ceil(a.number(0)));
        all.add("round", "<n-n?:n>", 2, a -> Numbers.round(a.number(0), a.lacks(1) ? 0 : a.number(1)));
        all.add("sqrt", "<n-:n>", 1, NumberFunctions::sqrt);
        all.add("power", "<n-n:n>", 2, NumberFunctions::power);
        all.any("random", "<:n>", 0, a -> ThreadLocalRandom.current().nextDouble());
        all.add("formatBase", "<n-n?:s>", 2, NumberFunctions::formatBase);
        all.add(
                "formatNumber",
                "<n-so?:s>",
                3,
                a -> NumberPicture.format(
                        a.number(0), a.text(1), a.get(2) instanceof Map<?, ?> options ? options : Map.of()));
        all.add("formatInteger", "<n-s:s>", 2, a -> IntegerPicture.of(a.text(1)).format(Math.floor(a.number(0))));
        all.add("parseInteger", "<s-s:n>", 2, a -> IntegerPicture.of(a.text(1)).parse(a.text(0)));
    }

    private static double sum(List<?> numbers) {
        var sum = 0.0;
        for (var number : numbers) {
            sum += number instanceof Number some ? some.doubleValue() : 0;
        }
        return sum;
    }

    private static @Nullable Object most(List<?> numbers, int direction) {
        Number most = null;
        for (var element : numbers) {
            if (element instanceof Number number && (most == null || Numbers.compare(number, most) * direction > 0)) {
                most = number;
            }
        }
        return most == null ? Nothing.NOTHING : most;
    }

    private static double sqrt(CallArguments a) {
        if (a.number(0) < 0) {
            throw ExpressionFault.ofArgument("D3060", 1, a.get(0));
        }
        return Math.sqrt(a.number(0));
    }

    private static double power(CallArguments a) {
        var result = a.lacks(1) ? Double.NaN : Math.pow(a.number(0), a.number(1));
        if (!Double.isFinite(result)) {
            throw ExpressionFault.of("D3061", a.get(0), a.get(1));
        }
        return result;
    }

    private static String formatBase(CallArguments a) {
        var number = Numbers.round(a.number(0), 0);
        var radix = a.lacks(1) ? 10 : Numbers.round(a.number(1), 0);
        if (radix < 2 || radix > 36) {
            throw ExpressionFault.of("D3100", radix);
        }
        return radix == 10
                ? ShortestDigits.of(number)
                // Through BigInteger, since doubles go far beyond the range of a long.
                : new BigDecimal(number).toBigInteger().toString((int) radix);
    }
}
