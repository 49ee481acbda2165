package dev.weft.expression.syntax;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Work that recurses as deep as an expression nests. How much stack a thread has left depends on who calls; whether an
 * expression is one must not, so what nests deeply is read on a thread with enough.
 */
public final class DeepStack {

    /** Levels that fit on the stack of any thread. */
    private static final int FEW = 40;
    /** A level takes some 5 KiB while it is parsed. */
    private static final long STACK = 32L << 20;

    private DeepStack() {}

    public static <T> T run(int levels, Supplier<T> work) {
        if (levels <= FEW) {
            return work.get();
        }
        var result = new CompletableFuture<T>();
        // Only a platform thread takes a size of its stack; a virtual one has no say in it.
        new Thread(null, () -> complete(result, work), "expression-reader", STACK).start();
        try {
            return result.join();
        } catch (CompletionException | CancellationException e) {
            switch (e.getCause()) {
                case RuntimeException fault -> throw fault;
                case Error fault -> throw fault;
                case null, default -> throw e;
            }
        }
    }

    private static <T> void complete(CompletableFuture<T> result, Supplier<T> work) {
        try {
            result.complete(work.get());
            // Errors are handed on too, or the caller would wait for ever.
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
        }
    }
}
