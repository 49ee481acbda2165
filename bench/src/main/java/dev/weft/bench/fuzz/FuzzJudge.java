package dev.weft.bench.fuzz;

import dev.weft.expression.Program;
import dev.weft.expression.value.ExpressionBounds;
import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.ExpressionOverrun;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads and evaluates one expression, and says what of it must not be. */
final class FuzzJudge implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMillis(300);
    private static final Duration GRACE = Duration.ofMillis(500);
    private static final int DEPTH = 400;
    /** Of a thread that answers a request, and of one that evaluates. */
    private static final long SMALL_STACK = 512 << 10;

    private static final long STACK = 4L << 20;
    private static final Pattern JAVA =
            Pattern.compile("java\\.|javax\\.|dev\\.weft|com\\.dashjoin|Exception|Error:|\\bclass |Cannot invoke|\\n"
                    + "\\s*at |\\{\\{|lambda\\$|out of bounds");

    private final FuzzThread reader = new FuzzThread(SMALL_STACK);
    private final FuzzThread evaluator = new FuzzThread(STACK);

    /** @param find is told each thing that must not be */
    FuzzOutcome judge(String text, @Nullable Object input, Consumer<String> find) throws InterruptedException {
        var created = outcome(reader, () -> {
            Program.parse(text);
            return FuzzOutcome.FINE;
        });
        var read = outcome(evaluator, () -> {
            Program.parse(text);
            return FuzzOutcome.FINE;
        });
        if (!created.kind().equals(read.kind())) {
            find.accept("is read where it runs as " + read + ", where it is made as " + created);
        }
        var outcome = created.kind().equals(FuzzOutcome.FINE.kind()) ? evaluated(text, input) : created;
        if (outcome.kind().equals("broken")) {
            find.accept(outcome.said());
        }
        if (JAVA.matcher(outcome.said()).find() && !JAVA.matcher(text).find()) {
            find.accept("says " + outcome.said());
        }
        if (created.kind().equals(FuzzOutcome.FINE.kind()) && outcome.kind().startsWith("S")) {
            find.accept("fails for its syntax: " + outcome.said());
        }
        return outcome;
    }

    private FuzzOutcome evaluated(String text, @Nullable Object input) throws InterruptedException {
        var names = Map.<String, Object>of(
                "msg", Map.of("body", input == null ? Map.of() : input),
                "getPassthrough", Program.giving(Map.of("step_1", Map.of("body", Map.of("n", 1)))),
                "getFlowVariables", Program.giving(Map.of("v", "1")));
        return outcome(evaluator, () -> {
            var bounds = new ExpressionBounds(System.nanoTime() + LIMIT.toNanos(), DEPTH);
            Program.parse(text).evaluate(input, names::get, bounds, Clock.systemUTC());
            return FuzzOutcome.FINE;
        });
    }

    private static FuzzOutcome outcome(FuzzThread thread, Supplier<FuzzOutcome> work) throws InterruptedException {
        try {
            return thread.run(() -> told(work), LIMIT.plus(GRACE));
        } catch (TimeoutException _) {
            return new FuzzOutcome("broken", "does not end in its time");
        } catch (RuntimeException | Error e) {
            return FuzzOutcome.broken(e);
        }
    }

    /** With the message, which is made when it is asked for. */
    private static FuzzOutcome told(Supplier<FuzzOutcome> work) {
        try {
            return work.get();
        } catch (ExpressionFault e) {
            return e.getCause() == null ? new FuzzOutcome(e.code(), e.text()) : FuzzOutcome.broken(e.getCause());
        } catch (ExpressionOverrun _) {
            return new FuzzOutcome("late", "");
        }
    }

    @Override
    public void close() {
        reader.close();
        evaluator.close();
    }
}
