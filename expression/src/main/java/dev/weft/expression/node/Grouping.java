package dev.weft.expression.node;

import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.NameScope;
import dev.weft.expression.value.Nothing;
import dev.weft.expression.value.Sequence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code {k: v, ..}}: groups its input by key, and evaluates the value once for all elements of each key. An object
 * constructor is the same for a single element.
 */
public final class Grouping {

    private final List<GroupPair> pairs;

    public Grouping(List<GroupPair> pairs) {
        this.pairs = pairs;
    }

    @Nullable
    public Object apply(@Nullable Object input, NameScope scope) {
        var bindings = Sequence.isBindings(input);
        List<?> list = input instanceof List<?> array ? array : Sequence.found(input);
        if (list.isEmpty() && !bindings) {
            // An object constructor also gives an object without any input.
            list = List.of(Nothing.NOTHING);
        }
        if (list.size() == 1 && !bindings) {
            return single(list.getFirst(), scope);
        }
        var groups = new LinkedHashMap<String, Group>();
        for (var element : list) {
            var tuple = bindings && element instanceof Map<?, ?> names ? names : null;
            var context = tuple == null ? element : tuple.get(Bindings.CONTEXT);
            var within = tuple == null ? scope : Bindings.scope(tuple, scope);
            for (var pair : pairs) {
                var key = key(pair, context, within);
                if (key == null) {
                    continue;
                }
                var group = groups.get(key);
                if (group == null) {
                    scope.run.makeMembers(1);
                    groups.put(key, new Group(pair, element));
                    // Two elements with the same key form a group; two written pairs with the same key are a fault.
                } else if (group.pair.equals(pair)) {
                    group.add(element, scope.run);
                } else {
                    throw ExpressionFault.of("D1009", key).at(pair.key().position, null);
                }
            }
        }
        var result = LinkedHashMap.<String, @Nullable Object>newLinkedHashMap(groups.size());
        groups.forEach((key, group) -> put(result, key, value(group, bindings, scope)));
        return result;
    }

    /** Most objects are written for one input; keys first, as they may be the same. */
    private Map<String, @Nullable Object> single(@Nullable Object element, NameScope scope) {
        scope.run.makeMembers(pairs.size());
        var keys = LinkedHashMap.<String, GroupPair>newLinkedHashMap(pairs.size());
        for (var pair : pairs) {
            var key = key(pair, element, scope);
            if (key != null && keys.put(key, pair) != null) {
                throw ExpressionFault.of("D1009", key).at(pair.key().position, null);
            }
        }
        var result = LinkedHashMap.<String, @Nullable Object>newLinkedHashMap(keys.size());
        for (var entry : keys.entrySet()) {
            put(result, entry.getKey(), entry.getValue().value().evaluate(element, scope));
        }
        return result;
    }

    private @Nullable String key(GroupPair pair, @Nullable Object context, NameScope scope) {
        var key = pair.key().evaluate(context, scope);
        if (key instanceof String text) {
            return text;
        }
        if (Nothing.is(key)) {
            return null;
        }
        throw ExpressionFault.of("T1003", key).at(pair.key().position, null);
    }

    private static @Nullable Object value(Group group, boolean bindings, NameScope scope) {
        if (!bindings) {
            return group.pair.value().evaluate(group.data, scope);
        }
        var names = Bindings.merged(group.data, scope.run);
        var context = names.remove(Bindings.CONTEXT);
        return group.pair.value().evaluate(context, Bindings.scope(names, scope));
    }

    private static void put(Map<String, @Nullable Object> result, String key, @Nullable Object value) {
        if (!Nothing.is(value)) {
            result.put(key, value);
        }
    }
}
