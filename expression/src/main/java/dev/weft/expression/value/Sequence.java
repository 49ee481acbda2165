package dev.weft.expression.value;

import java.util.ArrayList;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** An array made during an evaluation, with the marks that the language keeps beside its elements. */
public final class Sequence extends ArrayList<@Nullable Object> {

    private static final long serialVersionUID = 1L;

    /** What a path, a wildcard or a mapping found: of one element it becomes that element, of none it is nothing. */
    public final boolean found;

    /** It has the array that is the root of the input as its only element, so that a path does not walk into it at once. */
    public boolean wrapsRoot;

    /** Its elements are objects of names bound on the way ({@code @$x}, {@code #$i}, parents). */
    public boolean bindings;

    /** It stays an array when it has one element: {@code a[]}. */
    public boolean kept;

    /** Written as {@code [..]} at an end of a path: it is not merged with the arrays beside it. */
    public boolean constructed;

    private Sequence(boolean found, Collection<? extends @Nullable Object> elements) {
        super(elements);
        this.found = found;
    }

    private Sequence(boolean found, int capacity) {
        super(capacity);
        this.found = found;
    }

    public static Sequence found() {
        return new Sequence(true, 8);
    }

    public static Sequence found(@Nullable Object element) {
        var sequence = new Sequence(true, 1);
        sequence.add(element);
        return sequence;
    }

    public static Sequence copyOf(Collection<? extends @Nullable Object> elements, boolean found) {
        return new Sequence(found, elements);
    }

    public static Sequence array(int capacity) {
        return new Sequence(false, capacity);
    }

    public static boolean isFound(@Nullable Object value) {
        return value instanceof Sequence sequence && sequence.found;
    }

    public static boolean isBindings(@Nullable Object value) {
        return value instanceof Sequence sequence && sequence.bindings;
    }
}
