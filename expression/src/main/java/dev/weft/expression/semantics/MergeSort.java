package dev.weft.expression.semantics;

import dev.weft.expression.value.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The merge sort of the language's reference: it asks whether two elements are to be swapped, so equal ones keep their
 * order, and a comparison function that contradicts itself gives some order rather than an error.
 */
public final class MergeSort {

    private MergeSort() {}

    public static <T extends @Nullable Object> List<T> sort(List<? extends T> list, Run run, BiPredicate<T, T> swap) {
        if (list.size() < 2) {
            return new ArrayList<>(list);
        }
        var middle = list.size() / 2;
        var left = sort(list.subList(0, middle), run, swap);
        var right = sort(list.subList(middle, list.size()), run, swap);
        var merged = new ArrayList<T>(list.size());
        var l = 0;
        var r = 0;
        while (l < left.size() && r < right.size()) {
            run.step();
            // List.sort can not be used: it throws ("Comparison method violates its general contract") when a tenant's
            // comparison function contradicts itself.
            if (swap.test(left.get(l), right.get(r))) {
                merged.add(right.get(r++));
            } else {
                merged.add(left.get(l++));
            }
        }
        merged.addAll(left.subList(l, left.size()));
        merged.addAll(right.subList(r, right.size()));
        return merged;
    }
}
