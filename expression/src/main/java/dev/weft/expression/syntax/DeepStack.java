package dev.weft.expression.syntax;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Runs work that recurses as deep as an expression nests. How much stack a thread has left depends on its caller, but
 * whether a text is a valid expression must not: so deep expressions are handled on a thread with a large stack.
 */
public final class DeepStack {

    /** Levels that fit on the stack of any thread. */
    private static final int FEW = 40;
    /** A level takes some 5 KiB while it is parsed. */
    private static final long STACK = 32L << 20;
    /** The work takes milliseconds: who has not done it by then stands still, and the caller must not stand with it. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private DeepStack() {}

    public static <T> T run(int levels, Supplier<T> work) {
        return levels <= FEW ? work.get() : runApart(work, LIMIT);
    }

    static <T> T runApart(Supplier<T> work, Duration limit) {
        var result = new CompletableFuture<T>();
        // Only a platform thread can be given a stack size.
        var reader = Thread.ofPlatform()
                .name("expression-reader")
                .daemon()
                .stackSize(STACK)
                .start(() -> complete(result, work));
        try {
            return result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException fault -> throw fault;
                case Error fault -> throw fault;
                case null, default -> throw new IllegalStateException(e);
            }
        } catch (TimeoutException e) {
            reader.interrupt();
            throw new IllegalStateException("An expression could not be read within " + limit + ".", e);
        } catch (InterruptedException e) {
            reader.interrupt();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Who reads an expression was interrupted.", e);
        }
    }

    private static <T> void complete(CompletableFuture<T> result, Supplier<T> work) {
        try {
            result.complete(work.get());
            // Errors are passed on too; otherwise the caller would wait for its whole time limit.
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
        }
    }
}
