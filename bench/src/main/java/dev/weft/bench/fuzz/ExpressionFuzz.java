package dev.weft.bench.fuzz;

import dev.weft.bench.measure.Arguments;
import dev.weft.expression.Program;
import dev.weft.expression.value.ExpressionBounds;
import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.ExpressionOverrun;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code fuzz-expressions --minutes=10 --seed=1 --round=}: reads and evaluates expressions made by chance. What is read where
 * flows are made is read where they run, and then never fails for its syntax; no evaluation goes on after its time; all that
 * goes wrong is a fault of the language, whose message says nothing of Java. Each round follows from the seed and its number.
 */
public final class ExpressionFuzz implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMillis(300);
    private static final Duration GRACE = Duration.ofMillis(500);
    private static final int DEPTH = 400;
    /** Of a thread that answers a request, and of one that evaluates. */
    private static final long SMALL_STACK = 512 << 10;

    private static final long STACK = 4L << 20;
    private static final int MOST_FINDINGS = 20;
    private static final Pattern JAVA =
            Pattern.compile("java\\.|javax\\.|dev\\.weft|com\\.dashjoin|Exception|Error:|\\bclass |Cannot invoke|\\n"
                    + "\\s*at |\\{\\{|lambda\\$|out of bounds");

    private final long seed;
    private final FuzzThread reader = new FuzzThread(SMALL_STACK);
    private final FuzzThread evaluator = new FuzzThread(STACK);
    private final List<String> findings = new ArrayList<>();
    private final Map<String, Integer> kinds = new TreeMap<>();

    public ExpressionFuzz(long seed) {
        this.seed = seed;
    }

    public static void main(String[] arguments) throws InterruptedException {
        var options = new Arguments(arguments);
        var seed = Long.parseLong(options.text("seed", Long.toString(System.nanoTime() % 1_000_000_000)));
        System.out.println("fuzz-expressions, seed " + seed);
        try (var fuzz = new ExpressionFuzz(seed)) {
            var only = options.number("round", -1);
            var end = System.nanoTime()
                    + Duration.ofMinutes(options.number("minutes", 10)).toNanos();
            var rounds = only >= 0 ? fuzz.show(only) : fuzz.run(() -> System.nanoTime() < end);
            fuzz.findings.forEach(System.out::println);
            System.out.println(fuzz.kinds);
            System.out.println(rounds + " rounds, " + fuzz.findings.size() + " findings");
            if (!fuzz.findings.isEmpty()) {
                System.exit(1);
            }
        }
    }

    private int show(int round) throws InterruptedException {
        System.out.println(new ExpressionGrammar(random(round)).expression());
        round(round);
        return 1;
    }

    /** How many rounds there were; it ends early with many findings. */
    public int run(BooleanSupplier goesOn) throws InterruptedException {
        var round = 0;
        while (goesOn.getAsBoolean() && findings.size() < MOST_FINDINGS) {
            round(round++);
        }
        return round;
    }

    /** Each with its round and its expression. */
    public List<String> findings() {
        return List.copyOf(findings);
    }

    private Random random(int round) {
        return new Random(seed * 1_000_003 + round);
    }

    private void round(int round) throws InterruptedException {
        var random = random(round);
        var text = new ExpressionGrammar(random).expression();
        var input = FuzzInput.of(random);
        check(text, input, "round " + round);
    }

    /** One expression for one input. */
    void check(String text, @Nullable Object input, String where) throws InterruptedException {
        var created = outcome(reader, () -> {
            Program.parse(text);
            return Outcome.FINE;
        });
        var read = outcome(evaluator, () -> {
            Program.parse(text);
            return Outcome.FINE;
        });
        if (!created.kind().equals(read.kind())) {
            find(where, text, "is read where it runs as " + read + ", where it is made as " + created);
        }
        var outcome = created.kind().equals(Outcome.FINE.kind()) ? evaluated(text, input) : created;
        kinds.merge(outcome.kind(), 1, Integer::sum);
        if (outcome.kind().equals("broken")) {
            find(where, text, outcome.said());
        }
        if (JAVA.matcher(outcome.said()).find() && !JAVA.matcher(text).find()) {
            find(where, text, "says " + outcome.said());
        }
        if (created.kind().equals(Outcome.FINE.kind()) && outcome.kind().startsWith("S")) {
            find(where, text, "fails for its syntax: " + outcome.said());
        }
    }

    private Outcome evaluated(String text, @Nullable Object input) throws InterruptedException {
        var names = Map.<String, Object>of(
                "msg", Map.of("body", input == null ? Map.of() : input),
                "getPassthrough", Program.giving(Map.of("step_1", Map.of("body", Map.of("n", 1)))),
                "getFlowVariables", Program.giving(Map.of("v", "1")));
        return outcome(evaluator, () -> {
            var bounds = new ExpressionBounds(System.nanoTime() + LIMIT.toNanos(), DEPTH);
            Program.parse(text).evaluate(input, names::get, bounds, Clock.systemUTC());
            return Outcome.FINE;
        });
    }

    private static Outcome outcome(FuzzThread thread, Supplier<Outcome> work) throws InterruptedException {
        try {
            return thread.run(() -> told(work), LIMIT.plus(GRACE));
        } catch (TimeoutException _) {
            return new Outcome("broken", "does not end in its time");
        } catch (RuntimeException | Error e) {
            return Outcome.broken(e);
        }
    }

    /** With the message, which is made when it is asked for. */
    private static Outcome told(Supplier<Outcome> work) {
        try {
            return work.get();
        } catch (ExpressionFault e) {
            return e.getCause() == null ? new Outcome(e.code(), e.text()) : Outcome.broken(e.getCause());
        } catch (ExpressionOverrun _) {
            return new Outcome("late", "");
        }
    }

    @Override
    public void close() {
        reader.close();
        evaluator.close();
    }

    private void find(String where, String text, String what) {
        findings.add(where + ": " + what + "\n    " + text.replace("\n", "\\n"));
    }

    /** A value, the code of a fault with its message, or what must not be. */
    private record Outcome(String kind, String said) {

        private static final int FRAMES = 4;
        private static final Outcome FINE = new Outcome("fine", "");

        static Outcome broken(Throwable fault) {
            var said = new StringBuilder("ends with ").append(fault);
            for (var i = 0; i < Math.min(FRAMES, fault.getStackTrace().length); i++) {
                said.append(" < ").append(fault.getStackTrace()[i]);
            }
            return new Outcome("broken", said.toString());
        }
    }
}
