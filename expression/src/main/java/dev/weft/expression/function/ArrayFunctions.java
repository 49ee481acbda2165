package dev.weft.expression.function;

import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.MergeSort;
import dev.weft.expression.value.Nothing;
import dev.weft.expression.value.Numbers;
import dev.weft.expression.value.Sequence;
import dev.weft.expression.value.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions of arrays, those among them that call a function for each element. */
final class ArrayFunctions {

    private ArrayFunctions() {}

    static void define(Library.Definitions all) {
        all.any("append", "<xx:a>", 2, a -> Values.append(a.get(0), a.get(1), a.run()));
        all.add("reverse", "<a:a>", 1, a -> {
            if (a.list(0).size() < 2) {
                return a.list(0);
            }
            a.run().makeElements(a.list(0).size());
            return new ArrayList<@Nullable Object>(a.list(0).reversed());
        });
        all.add("shuffle", "<a:a>", 1, a -> {
            if (a.list(0).size() < 2) {
                return a.list(0);
            }
            var shuffled = new ArrayList<@Nullable Object>(a.list(0));
            Collections.shuffle(shuffled);
            return shuffled;
        });
        all.add("distinct", "<x:x>", 1, ArrayFunctions::distinct);
        all.add("sort", "<af?:a>", 2, ArrayFunctions::sort);
        all.any("zip", "<a+>", 0, ArrayFunctions::zip);
        all.add("map", "<af>", 2, ArrayFunctions::map);
        all.add("filter", "<af>", 2, ArrayFunctions::filter);
        all.add("single", "<af?>", 2, ArrayFunctions::single);
        all.add("reduce", "<afj?:j>", 3, ArrayFunctions::reduce);
    }

    private static @Nullable Object distinct(CallArguments a) {
        if (!(a.get(0) instanceof List<?> list) || list.size() < 2) {
            return a.get(0);
        }
        // Of an array the distinct values are an array, also when a single one is left: $distinct([1,1]) is [1].
        var results = Sequence.isFound(list) ? Sequence.found() : Sequence.array(list.size());
        var keys = new HashSet<Object>();
        for (var element : list) {
            if (keys.add(Values.key(element, a.run()))) {
                results.add(element);
            }
        }
        return results;
    }

    private static @Nullable Object sort(CallArguments a) {
        var list = a.list(0);
        if (list.size() < 2) {
            return list;
        }
        var comparator = a.callee(1);
        if (comparator != null) {
            return MergeSort.<@Nullable Object>sort(
                    list,
                    a.run(),
                    (left, right) -> Values.isTrue(a.call(comparator, Arrays.asList(left, right)), a.run()));
        }
        if (Numbers.areNumbers(list, a.run())) {
            return MergeSort.<@Nullable Object>sort(
                    list,
                    a.run(),
                    (left, right) ->
                            left instanceof Number x && right instanceof Number y && Numbers.compare(x, y) > 0);
        }
        if (list.stream().allMatch(String.class::isInstance)) {
            return MergeSort.<@Nullable Object>sort(
                    list,
                    a.run(),
                    (left, right) -> left instanceof String x && right instanceof String y && x.compareTo(y) > 0);
        }
        throw ExpressionFault.ofArgument("D3070", 1, list);
    }

    private static Object zip(CallArguments a) {
        var length = Integer.MAX_VALUE;
        for (var value : a.values()) {
            length = Math.min(length, value instanceof List<?> list ? list.size() : 0);
        }
        var result = new ArrayList<@Nullable Object>();
        // Without any argument the length would still be the largest there is.
        for (var i = 0; i < length && !a.values().isEmpty(); i++) {
            var tuple = new ArrayList<@Nullable Object>(a.values().size());
            for (var value : a.values()) {
                a.run().step();
                tuple.add(value instanceof List<?> list ? list.get(i) : null);
            }
            result.add(tuple);
        }
        return result;
    }

    private static @Nullable Object map(CallArguments a) {
        var results = Sequence.found();
        var list = a.list(0);
        for (var i = 0; i < list.size(); i++) {
            var result = each(a, list.get(i), i, list);
            if (!Nothing.is(result)) {
                results.add(result);
            }
        }
        return results;
    }

    private static @Nullable Object filter(CallArguments a) {
        var results = Sequence.found();
        var list = a.list(0);
        for (var i = 0; i < list.size(); i++) {
            if (Values.isTrue(each(a, list.get(i), i, list), a.run())) {
                results.add(list.get(i));
            }
        }
        return results;
    }

    private static @Nullable Object single(CallArguments a) {
        var list = a.list(0);
        var found = -1;
        for (var i = 0; i < list.size(); i++) {
            if (a.callee(1) == null || Values.isTrue(each(a, list.get(i), i, list), a.run())) {
                if (found >= 0) {
                    throw ExpressionFault.of("D3138");
                }
                found = i;
            }
        }
        if (found < 0) {
            throw ExpressionFault.of("D3139");
        }
        return list.get(found);
    }

    /** Calls the function of a second argument with as many of value, key and whole as it takes. */
    static @Nullable Object each(
            CallArguments a, @Nullable Object value, @Nullable Object key, @Nullable Object whole) {
        var callee = a.callee(1);
        if (callee == null) {
            throw ExpressionFault.ofArgument("T0410", 2, a.get(1));
        }
        var arguments = new ArrayList<@Nullable Object>(3);
        arguments.add(value);
        // A built-in function gets no more than it takes: $uppercase would refuse the position as a second argument.
        if (callee.arity() >= 2) {
            arguments.add(key);
        }
        if (callee.arity() >= 3) {
            arguments.add(whole);
        }
        return a.call(callee, arguments);
    }

    private static @Nullable Object reduce(CallArguments a) {
        var list = a.list(0);
        var callee = a.callee(1);
        if (callee == null || callee.arity() < 2) {
            throw ExpressionFault.ofArgument("D3050", 1, a.get(1));
        }
        var start = a.lacks(2) && !list.isEmpty() ? 1 : 0;
        @Nullable Object result = start == 1 ? list.getFirst() : a.get(2);
        for (var i = start; i < list.size(); i++) {
            var arguments = new ArrayList<@Nullable Object>(4);
            arguments.add(result);
            arguments.add(list.get(i));
            if (callee.arity() >= 3) {
                arguments.add(i);
            }
            if (callee.arity() >= 4) {
                arguments.add(list);
            }
            result = a.call(callee, arguments);
        }
        return result;
    }
}
