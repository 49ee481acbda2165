package dev.weft.expression.operation;

import dev.weft.expression.value.Numbers;
import java.util.AbstractList;
import java.util.Objects;
import java.util.RandomAccess;

/** The value of {@code [1..9]}: ten million numbers that take no memory until they are asked for. */
public final class NumberRange extends AbstractList<Number> implements RandomAccess {

    private final long first;
    private final int size;

    NumberRange(long first, int size) {
        this.first = first;
        this.size = size;
    }

    @Override
    public Number get(int index) {
        return Numbers.whole(first + Objects.checkIndex(index, size));
    }

    @Override
    public int size() {
        return size;
    }
}
