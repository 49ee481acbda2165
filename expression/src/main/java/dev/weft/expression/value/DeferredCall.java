package dev.weft.expression.value;

import org.jspecify.annotations.Nullable;

/** A tail call that has not been made yet. */
public interface DeferredCall {

    @Nullable
    Object call(@Nullable Object context, NameScope caller);
}
