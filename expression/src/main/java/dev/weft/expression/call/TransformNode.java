package dev.weft.expression.call;

import dev.weft.expression.definition.Native;
import dev.weft.expression.node.Node;
import dev.weft.expression.semantics.ValueCopy;
import dev.weft.expression.value.Callee;
import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.NameScope;
import dev.weft.expression.value.Nothing;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code |pattern|update, delete|}: a function that gives a changed copy of its argument. */
final class TransformNode extends Node {

    private final Node pattern;
    private final Node update;
    private final @Nullable Node delete;

    TransformNode(int position, Node pattern, Node update, @Nullable Node delete) {
        super(position);
        this.pattern = pattern;
        this.update = update;
        this.delete = delete;
    }

    @Override
    protected Object value(@Nullable Object input, NameScope scope) {
        return new Transformer(this, scope);
    }

    @Nullable
    Object transform(@Nullable Object original, NameScope scope) {
        // The reference looks the function $clone up by its name, so an expression may define its own.
        if (!(scope.find("clone") instanceof Callee clone)) {
            throw ExpressionFault.of("T2013").at(position, null);
        }
        var cloned = clone.apply(List.of(original == null ? Nothing.NOTHING : original), null, scope);
        // A $clone of the expression may return its very input, which must not be changed, so that is copied here.
        var copy = clone instanceof Native ? cloned : ValueCopy.of(cloned, scope.run);
        var own = Collections.<@Nullable Object>newSetFromMap(new IdentityHashMap<>());
        collect(copy, own);
        var matches = pattern.evaluate(copy, scope);
        if (!Nothing.is(matches)) {
            for (var match : matches instanceof List<?> list ? list : Arrays.asList(matches)) {
                change(match, own.contains(match), scope);
            }
        }
        return copy;
    }

    private static void collect(@Nullable Object value, Set<@Nullable Object> objects) {
        switch (value) {
            case Map<?, ?> map -> {
                objects.add(map);
                map.values().forEach(member -> collect(member, objects));
            }
            case List<?> list -> list.forEach(element -> collect(element, objects));
            case null, default -> {}
        }
    }

    /** @param own whether it is part of the copy: a pattern may match what is not */
    @SuppressWarnings("unchecked")
    private void change(@Nullable Object match, boolean own, NameScope scope) {
        var changed = own && match instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : null;
        var updated = update.evaluate(match, scope);
        if (updated instanceof Map<?, ?> members) {
            if (changed != null) {
                members.forEach((name, value) -> changed.put(String.valueOf(name), value));
            }
        } else if (!Nothing.is(updated)) {
            throw ExpressionFault.of("T2011", updated).at(update.position, null);
        }
        if (delete == null) {
            return;
        }
        var deletions = delete.evaluate(match, scope);
        if (Nothing.is(deletions)) {
            return;
        }
        var names = deletions instanceof List<?> list ? list : Arrays.asList(deletions);
        if (!names.stream().allMatch(String.class::isInstance)) {
            throw ExpressionFault.of("T2012", deletions).at(delete.position, null);
        }
        if (changed != null) {
            names.forEach(changed::remove);
        }
    }
}
