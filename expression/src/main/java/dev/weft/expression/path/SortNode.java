package dev.weft.expression.path;

import dev.weft.expression.node.Bindings;
import dev.weft.expression.node.Node;
import dev.weft.expression.semantics.MergeSort;
import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.NameScope;
import dev.weft.expression.value.Nothing;
import dev.weft.expression.value.Numbers;
import dev.weft.expression.value.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code a^(<b, >c)}; a step of a path. */
final class SortNode extends Node {

    /** Not a key, just like the null that it stands for. */
    private static final Object NULL = new Object();

    private final List<SortTerm> terms;

    SortNode(int position, List<SortTerm> terms) {
        super(position);
        this.terms = terms;
    }

    @Override
    protected @Nullable Object value(@Nullable Object input, NameScope scope) {
        return input instanceof List<?> list ? sort(list, scope) : input;
    }

    List<?> sort(List<?> list, NameScope scope) {
        if (list.size() < 2) {
            return list;
        }
        var bindings = Sequence.isBindings(list);
        var rows = new ArrayList<SortRow>(list.size());
        for (var element : list) {
            rows.add(new SortRow(element, new @Nullable Object[terms.size()]));
        }
        var sorted = MergeSort.sort(rows, scope.run, (left, right) -> compare(left, right, bindings, scope) > 0);
        var result = Sequence.array(list.size());
        if (!bindings) {
            sorted.forEach(row -> result.add(row.element));
            return result;
        }
        var tuples = Sequence.found();
        tuples.bindings = true;
        sorted.forEach(row -> tuples.add(row.element));
        return tuples;
    }

    private int compare(SortRow left, SortRow right, boolean bindings, NameScope scope) {
        for (var i = 0; i < terms.size(); i++) {
            var a = key(left, i, bindings, scope);
            var b = key(right, i, bindings, scope);
            // Elements without a value go to the end, also in descending order.
            if (Nothing.is(a) || Nothing.is(b)) {
                if (Nothing.is(a) && Nothing.is(b)) {
                    continue;
                }
                return Nothing.is(a) ? 1 : -1;
            }
            var order = order(a, b);
            if (order != 0) {
                return terms.get(i).descending() ? -order : order;
            }
        }
        return 0;
    }

    private int order(@Nullable Object a, @Nullable Object b) {
        if (!isSortable(a) || !isSortable(b)) {
            var wrong = isSortable(a) ? b : a;
            throw ExpressionFault.of("T2008", wrong == NULL ? null : wrong).at(position, "^");
        }
        if (a instanceof String x && b instanceof String y) {
            return Integer.signum(x.compareTo(y));
        }
        if (a instanceof Number x && b instanceof Number y) {
            return Numbers.compare(x, y);
        }
        throw ExpressionFault.of("T2007", a, b).at(position, "^");
    }

    private static boolean isSortable(@Nullable Object value) {
        return value instanceof String || value instanceof Number;
    }

    private @Nullable Object key(SortRow row, int term, boolean bindings, NameScope scope) {
        var known = row.keys[term];
        if (known == null) {
            var expression = terms.get(term).expression();
            var evaluated = bindings && row.element instanceof Map<?, ?> names
                    ? expression.evaluate(names.get(Bindings.CONTEXT), Bindings.scope(names, scope))
                    : expression.evaluate(row.element, scope);
            // Java's null means not evaluated yet, so JSON's null has a stand-in.
            known = evaluated == null ? NULL : evaluated;
            row.keys[term] = known;
        }
        return known;
    }
}
