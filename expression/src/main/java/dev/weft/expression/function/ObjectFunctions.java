package dev.weft.expression.function;

import dev.weft.expression.definition.CallArguments;
import dev.weft.expression.definition.FunctionDefinitions;
import dev.weft.expression.semantics.Values;
import dev.weft.expression.value.Nothing;
import dev.weft.expression.value.Run;
import dev.weft.expression.value.Sequence;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Functions of objects and their members. */
final class ObjectFunctions {

    private ObjectFunctions() {}

    static void define(FunctionDefinitions all) {
        all.any("keys", "<x-:a<s>>", 1, a -> {
            var keys = new LinkedHashSet<String>();
            keys(a.get(0), keys, a.run());
            return Sequence.copyOf(keys, true);
        });
        all.any("lookup", "<x-s:x>", 2, a -> Values.find(a.get(0), a.text(1), a.run()));
        all.any("spread", "<x-:a<o>>", 1, a -> spread(a.get(0), a.run()));
        all.add("merge", "<a<o>:o>", 1, a -> {
            var merged = new LinkedHashMap<String, @Nullable Object>();
            for (var element : a.list(0)) {
                if (element instanceof Map<?, ?> map) {
                    a.run().steps(map.size());
                    a.run().makeMembers(map.size());
                    map.forEach((name, value) -> merged.put(String.valueOf(name), value));
                }
            }
            return merged;
        });
        all.add("each", "<o-f:a>", 2, ObjectFunctions::each);
        all.add("sift", "<o-f?:o>", 2, ObjectFunctions::sift);
    }

    private static void keys(@Nullable Object value, Set<String> into, Run run) {
        run.step();
        if (value instanceof List<?> list) {
            list.forEach(element -> keys(element, into, run));
        } else if (value instanceof Map<?, ?> map) {
            run.steps(map.size());
            run.makeMembers(map.size());
            map.keySet().forEach(key -> into.add(String.valueOf(key)));
        }
    }

    private static @Nullable Object spread(@Nullable Object value, Run run) {
        run.step();
        if (value instanceof Map<?, ?> map) {
            run.steps(map.size());
            run.makeMembers(map.size());
            var result = Sequence.found();
            map.forEach((name, member) -> {
                var single = new LinkedHashMap<String, @Nullable Object>();
                single.put(String.valueOf(name), member);
                result.add(single);
            });
            return result;
        }
        if (!(value instanceof List<?> list)) {
            return value;
        }
        var result = Sequence.copyOf(List.of(), true);
        var appended = false;
        for (var element : list) {
            var spread = spread(element, run);
            if (spread instanceof List<?> several) {
                result.addAll(several);
                appended = true;
            } else if (!Nothing.is(spread)) {
                result.add(spread);
                appended = true;
            }
        }
        // A result that was appended to others is an array, even with one element.
        return appended ? Sequence.copyOf(result, false) : result;
    }

    private static @Nullable Object each(CallArguments a) {
        var results = Sequence.found();
        if (a.get(0) instanceof Map<?, ?> map) {
            for (var member : map.entrySet()) {
                var result = ElementFunctions.each(a, member.getValue(), member.getKey(), map);
                if (!Nothing.is(result)) {
                    results.add(result);
                }
            }
        }
        return results;
    }

    private static @Nullable Object sift(CallArguments a) {
        var sifted = new LinkedHashMap<String, @Nullable Object>();
        if (a.get(0) instanceof Map<?, ?> map) {
            for (var member : map.entrySet()) {
                if (Values.isTrue(ElementFunctions.each(a, member.getValue(), member.getKey(), map), a.run())) {
                    sifted.put(String.valueOf(member.getKey()), member.getValue());
                }
            }
        }
        // When no member is left, the reference gives nothing rather than an empty object.
        return sifted.isEmpty() ? Nothing.NOTHING : sifted;
    }
}
