package dev.weft.expression.function;

import dev.weft.expression.definition.CallArguments;
import dev.weft.expression.definition.FunctionDefinitions;
import dev.weft.expression.semantics.Values;
import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.Nothing;
import dev.weft.expression.value.Sequence;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Functions that call a given function for each element of an array: $map, $filter, $reduce and others. */
final class ElementFunctions {

    private ElementFunctions() {}

    static void define(FunctionDefinitions all) {
        all.add("map", "<af>", 2, ElementFunctions::map);
        all.add("filter", "<af>", 2, ElementFunctions::filter);
        all.add("single", "<af?>", 2, ElementFunctions::single);
        all.add("reduce", "<afj?:j>", 3, ElementFunctions::reduce);
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
        // A function gets only as many arguments as it takes: $uppercase would refuse the position as a second one.
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
