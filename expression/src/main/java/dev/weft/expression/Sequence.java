package dev.weft.expression;

import java.util.ArrayList;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** An array that was made during an evaluation, with what the language remembers of one beside its elements. */
final class Sequence extends ArrayList<@Nullable Object> {

    private static final long serialVersionUID = 1L;

    /** What a path, a wildcard or a mapping found: of one element it becomes that element, of none it is nothing. */
    final boolean found;

    /** It has the array that is the root of the input as its only element, so that a path does not walk into it at once. */
    boolean wrapsRoot;

    /** Its elements are objects of names bound on the way ({@code @$x}, {@code #$i}, parents). */
    boolean bindings;

    /** It stays an array when it has one element: {@code a[]}. */
    boolean kept;

    /** Written as {@code [..]} at an end of a path: it is not merged with the arrays beside it. */
    boolean constructed;

    private Sequence(boolean found, Collection<? extends @Nullable Object> elements) {
        super(elements);
        this.found = found;
    }

    private Sequence(boolean found, int capacity) {
        super(capacity);
        this.found = found;
    }

    static Sequence found() {
        return new Sequence(true, 8);
    }

    static Sequence found(@Nullable Object element) {
        var sequence = new Sequence(true, 1);
        sequence.add(element);
        return sequence;
    }

    static Sequence copyOf(Collection<? extends @Nullable Object> elements, boolean found) {
        return new Sequence(found, elements);
    }

    static Sequence array(int capacity) {
        return new Sequence(false, capacity);
    }

    static boolean isFound(@Nullable Object value) {
        return value instanceof Sequence sequence && sequence.found;
    }

    static boolean isBindings(@Nullable Object value) {
        return value instanceof Sequence sequence && sequence.bindings;
    }
}
