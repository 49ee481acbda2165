package dev.weft.expression.function;

import dev.weft.expression.definition.CallArguments;
import dev.weft.expression.definition.FunctionDefinitions;
import dev.weft.expression.semantics.MergeSort;
import dev.weft.expression.semantics.ValueKeys;
import dev.weft.expression.semantics.Values;
import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.Numbers;
import dev.weft.expression.value.Sequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Functions of arrays: $append, $sort, $distinct and others; those that call a function for each element are in
 * {@link ElementFunctions}.
 */
final class ArrayFunctions {

    private ArrayFunctions() {}

    static void define(FunctionDefinitions all) {
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
    }

    private static @Nullable Object distinct(CallArguments a) {
        if (!(a.get(0) instanceof List<?> list) || list.size() < 2) {
            return a.get(0);
        }
        // The distinct values of an array are an array even if only one is left: $distinct([1,1]) is [1].
        var results = Sequence.isFound(list) ? Sequence.found() : Sequence.array(list.size());
        var keys = new HashSet<Object>();
        for (var element : list) {
            if (keys.add(ValueKeys.of(element, a.run()))) {
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
        // Without any argument the length would still be its initial maximum.
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
}
