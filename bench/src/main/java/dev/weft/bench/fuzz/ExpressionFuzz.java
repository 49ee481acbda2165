package dev.weft.bench.fuzz;

import dev.weft.bench.measure.Arguments;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code fuzz-expressions --minutes=10 --seed=1 --round=}: reads and evaluates expressions made by chance. What is read where
 * flows are made is read where they run, and then never fails for its syntax; no evaluation goes on after its time; all that
 * goes wrong is a fault of the language, whose message says nothing of Java. Each round follows from the seed and its number.
 */
public final class ExpressionFuzz implements AutoCloseable {

    private static final int MOST_FINDINGS = 20;

    private final long seed;
    private final FuzzJudge judge = new FuzzJudge();
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
        var outcome = judge.judge(text, input, what -> find(where, text, what));
        kinds.merge(outcome.kind(), 1, Integer::sum);
    }

    @Override
    public void close() {
        judge.close();
    }

    private void find(String where, String text, String what) {
        findings.add(where + ": " + what + "\n    " + text.replace("\n", "\\n"));
    }
}
