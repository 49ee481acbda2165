package dev.weft.store.collection;

import dev.weft.store.key.StoreKey;
import org.jspecify.annotations.Nullable;

/**
 * Is told of every change of a document, in the order in which they are applied; a null document means that it is
 * removed.
 */
@FunctionalInterface
public interface ChangeRecorder {
    ChangeRecorder NONE = (_, _, _) -> {};

    void record(String namespace, StoreKey position, byte @Nullable [] document);

    /** Between the changes of a command that makes many, with no lock held: waits while more than enough is not written. */
    default void breathe() {}
}
