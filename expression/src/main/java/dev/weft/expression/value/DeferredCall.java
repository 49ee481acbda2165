package dev.weft.expression.value;

import org.jspecify.annotations.Nullable;

/** A call at the end of a function, not yet made. */
public interface DeferredCall {

    @Nullable
    Object call(@Nullable Object context, NameScope caller);
}
