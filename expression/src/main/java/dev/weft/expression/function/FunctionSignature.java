package dev.weft.expression.function;

import dev.weft.expression.value.Callee;
import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.Nothing;
import dev.weft.expression.value.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a function takes: {@code <s-nn?:s>}. A value that may be left out for the context has a minus, an optional one a question
 * mark; {@code a<n>} is an array of numbers, for which one number stands too. Any may be nothing, but for functions.
 */
public final class FunctionSignature {

    private final List<Parameter> parameters;

    private FunctionSignature(List<Parameter> parameters) {
        this.parameters = parameters;
    }

    public static FunctionSignature of(String definition) {
        var parameters = new ArrayList<Parameter>();
        var i = 1;
        while (i < definition.length() && definition.charAt(i) != ':' && definition.charAt(i) != '>') {
            var symbol = definition.charAt(i);
            var end = symbol == '(' ? definition.indexOf(')', i) : i;
            var kind = definition.substring(symbol == '(' ? i + 1 : i, symbol == '(' ? end : i + 1);
            i = end + 1;
            var elements = "";
            if (i < definition.length() && definition.charAt(i) == '<') {
                var close = closing(definition, i);
                elements = definition.substring(i + 1, close);
                i = close + 1;
            }
            var context = i < definition.length() && definition.charAt(i) == '-';
            var often = i < definition.length() ? definition.charAt(i) : ' ';
            if (context || often == '?' || often == '+') {
                i++;
            }
            parameters.add(new Parameter(symbol, accepted(symbol, kind), elements, context, often));
        }
        return new FunctionSignature(parameters);
    }

    private static int closing(String definition, int open) {
        var depth = 0;
        for (var i = open; i < definition.length(); i++) {
            depth += definition.charAt(i) == '<' ? 1 : definition.charAt(i) == '>' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return definition.length() - 1;
    }

    private static String accepted(char symbol, String kind) {
        return switch (symbol) {
            case 'a', 'x' -> "asnblfom";
            case 'j' -> "asnblom";
            case 'f' -> "f";
            // The m stands for nothing, which all parameters take but functions.
            default -> kind + "m";
        };
    }

    /** The arguments as the function gets them: context and arrays where it expects them. */
    public List<? extends @Nullable Object> validate(
            List<? extends @Nullable Object> arguments, @Nullable Object context, Run run) {
        var supplied = new char[arguments.size()];
        for (var i = 0; i < supplied.length; i++) {
            supplied[i] = symbol(arguments.get(i));
        }
        var counts = new int[parameters.size()];
        if (!new Match(supplied, counts, parameters.size(), true, run).from(0, 0)) {
            throw mismatch(supplied, arguments, run);
        }
        return validated(supplied, counts, arguments, context);
    }

    private List<? extends @Nullable Object> validated(
            char[] supplied, int[] counts, List<? extends @Nullable Object> arguments, @Nullable Object context) {
        var values = new ArrayList<@Nullable Object>(Math.max(parameters.size(), supplied.length));
        var next = 0;
        for (var i = 0; i < counts.length; i++) {
            var parameter = parameters.get(i);
            if (counts[i] == 0) {
                if (parameter.context) {
                    if (parameter.accepted.indexOf(symbol(context)) < 0) {
                        throw ExpressionFault.ofArgument("T0411", next + 1, context);
                    }
                    values.add(context);
                } else {
                    values.add(next < arguments.size() ? arguments.get(next) : Nothing.NOTHING);
                    next++;
                }
            }
            for (var n = 0; n < counts[i]; n++) {
                // One that was left out before takes the place of one, so there may be one too few.
                @Nullable Object argument = next < arguments.size() ? arguments.get(next) : Nothing.NOTHING;
                values.add(parameter.symbol == 'a' ? array(parameter, argument, symbol(argument), next + 1) : argument);
                next++;
            }
        }
        return values;
    }

    private static @Nullable Object array(Parameter parameter, @Nullable Object argument, char symbol, int index) {
        if (symbol == 'm') {
            return Nothing.NOTHING;
        }
        if (!(argument instanceof List<?> list)) {
            if (!parameter.elements.isEmpty() && !parameter.elements.equals(String.valueOf(symbol))) {
                throw ExpressionFault.ofElements(index, argument, parameter.elements);
            }
            return Arrays.asList(argument);
        }
        if (!parameter.elements.isEmpty()) {
            var wanted = parameter.elements.charAt(0);
            for (var element : list) {
                if (symbol(element) != wanted) {
                    throw ExpressionFault.ofElements(index, argument, parameter.elements);
                }
            }
        }
        return list;
    }

    /** Which argument is the first that does not fit. */
    private ExpressionFault mismatch(char[] supplied, List<? extends @Nullable Object> arguments, Run run) {
        var good = 0;
        for (var count = 1; count <= parameters.size(); count++) {
            var counts = new int[parameters.size()];
            if (!new Match(supplied, counts, count, false, run).from(0, 0)) {
                break;
            }
            good = 0;
            for (var i = 0; i < count; i++) {
                good += counts[i];
            }
        }
        @Nullable Object bad = good < arguments.size() ? arguments.get(good) : Nothing.NOTHING;
        return ExpressionFault.ofArgument("T0410", good + 1, bad);
    }

    /** Looks for a way in which arguments fill parameters. There may be very many, so what has failed is remembered. */
    private final class Match {

        private static final int FEW = 4;

        private final char[] supplied;
        private final int[] counts;
        private final int end;
        private final boolean whole;
        private final Run run;
        private final @Nullable BitSet failed;

        /** @param whole whether all arguments must be taken */
        Match(char[] supplied, int[] counts, int end, boolean whole, Run run) {
            this.supplied = supplied;
            this.counts = counts;
            this.end = end;
            this.whole = whole;
            this.run = run;
            // With few parameters there are few ways, so that they need not be remembered.
            this.failed = parameters.size() > FEW ? new BitSet() : null;
        }

        boolean from(int parameter, int at) {
            run.step();
            if (parameter == end) {
                return !whole || at == supplied.length;
            }
            if (failed == null) {
                return taken(parameter, at);
            }
            var place = parameter * (supplied.length + 1) + at;
            if (failed.get(place)) {
                return false;
            }
            var found = taken(parameter, at);
            failed.set(place, !found);
            return found;
        }

        private boolean taken(int parameter, int at) {
            var wanted = parameters.get(parameter);
            var most = wanted.often == '+' ? supplied.length - at : 1;
            var taken = 0;
            while (taken < most && at + taken < supplied.length && wanted.accepted.indexOf(supplied[at + taken]) >= 0) {
                taken++;
            }
            var least = wanted.context || wanted.often == '?' ? 0 : 1;
            for (; taken >= least; taken--) {
                counts[parameter] = taken;
                if (from(parameter + 1, at + taken)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static char symbol(@Nullable Object value) {
        return switch (value) {
            case null -> 'l';
            case String _ -> 's';
            case Number _ -> 'n';
            case Boolean _ -> 'b';
            case List<?> _ -> 'a';
            case Map<?, ?> _ -> 'o';
            case Callee _ -> 'f';
            default -> 'm';
        };
    }

    /**
     * @param accepted symbols of what it may be
     * @param elements of an array: what its elements are; empty when they may be anything
     * @param often    a question mark or plus, else anything
     */
    private record Parameter(char symbol, String accepted, String elements, boolean context, char often) {}
}
