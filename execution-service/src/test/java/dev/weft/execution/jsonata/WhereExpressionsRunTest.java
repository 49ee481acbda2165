package dev.weft.execution.jsonata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weft.execution.mapping.EvaluationContext;
import dev.weft.execution.mapping.Expressions;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.sandbox.Sandbox;
import dev.weft.execution.step.StepFailure;
import dev.weft.execution.step.StepUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On which thread an expression looks at its message; the sandbox refuses what comes to it. */
class WhereExpressionsRunTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String POOL = "expressions-";

    private final List<String> lookers = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private JsonataExpressions expressions = of(new EvaluationLimits(LONG, LONG, 1 << 20));

    @AfterEach
    void close() {
        end.countDown();
        expressions.close();
    }

    private void use(EvaluationLimits limits) {
        expressions.close();
        expressions = of(limits);
    }

    private static JsonataExpressions of(EvaluationLimits limits) {
        return new JsonataExpressions(
                (_, _, _) -> {
                    throw new StepUnavailable("It is not to be used.");
                },
                Clock.systemUTC(),
                LONG,
                LONG,
                limits);
    }

    /** Which remembers who asks for its members. */
    private final class Body extends HashMap<String, Object> {
        private static final long serialVersionUID = 1L;

        Body(Map<String, Object> members) {
            super(members);
        }

        @Override
        public Object get(Object name) {
            lookers.add(Thread.currentThread().getName());
            if ("hangs".equals(name)) {
                try {
                    end.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return super.get(name);
        }
    }

    private static final class CountedWork implements Expressions.Work {
        private final String flow;
        private final long most;
        private long made;
        private int asked;

        CountedWork(String flow, long most) {
            this.flow = flow;
            this.most = most;
        }

        @Override
        public String flowId() {
            return flow;
        }

        @Override
        public void requireTime() {
            asked++;
        }

        @Override
        public void make(long bytes) {
            made += bytes;
            if (made > most) {
                throw new StepFailure("DeliveryTooLarge", "It makes too much.");
            }
        }
    }

    private EvaluationContext context(Map<String, Object> body) {
        return EvaluationContext.of(StepMessage.of(new Body(body)), Map.of());
    }

    private Object evaluate(String flow, String text, EvaluationContext context) {
        return ScopedValue.where(Expressions.WORK, new CountedWork(flow, Long.MAX_VALUE))
                .call(() -> expressions.compile(text).evaluate(context));
    }

    @Test
    void whatOnlyReadsIsEvaluatedAtOnce() {
        assertThat(evaluate("f", "a & 1", context(Map.of("a", "x")))).isEqualTo("x1");

        assertThat(lookers).isNotEmpty().allMatch(Thread.currentThread().getName()::equals);
    }

    @ParameterizedTest
    @ValueSource(strings = {"$string(a)", "$contains(a, 'x')", "[a][0]", "a[$ = 'x']"})
    void whatElseIsLinearIsEvaluatedOnAWatchedThread(String text) {
        evaluate("f", text.replace('\'', '"'), context(Map.of("a", "x")));

        assertThat(lookers).isNotEmpty().allMatch(name -> name.startsWith(POOL));
    }

    @Test
    void allThatIsEvaluatedAtOnceOnAMessageHasOneTime() {
        use(new EvaluationLimits(Duration.ofNanos(1), LONG, 1 << 20));
        var members = new LinkedHashMap<String, Object>();
        for (var n = 0; n < 20; n++) {
            members.put("m" + n, "a & " + n);
        }
        var work = new CountedWork("f", Long.MAX_VALUE);
        var mapping = expressions.compileValue(members);
        var context = context(Map.of("a", "x"));

        var result = ScopedValue.where(Expressions.WORK, work).call(() -> mapping.evaluate(context));

        assertThat(result).asInstanceOf(InstanceOfAssertFactories.MAP).containsEntry("m19", "x19");
        assertThat(lookers.getFirst()).isEqualTo(Thread.currentThread().getName());
        assertThat(lookers.subList(2, lookers.size())).allMatch(name -> name.startsWith(POOL));
        assertThat(work.asked).isGreaterThanOrEqualTo(18);
    }

    @Test
    void aWaitForAnotherThreadTakesNothingFromThatTime() {
        var context = context(Map.of());
        context.timeAtOnce(1_000);

        context.waited(5_000);

        assertThat(context.timeAtOnce(7_000)).isEqualTo(1_000);
    }

    @Test
    void whatAllMembersOfAMappingMakeIsCountedAgainstTheDelivery() {
        var members = new LinkedHashMap<String, Object>();
        for (var n = 0; n < 100; n++) {
            members.put("new" + n, "t & " + n);
            members.put("same" + n, "t");
        }
        var body = Map.<String, Object>of("t", "x".repeat(1_000));
        var some = new CountedWork("f", Long.MAX_VALUE);
        // What the object itself takes is above it.
        var few = new CountedWork("f", 10_000);
        var mapping = expressions.compileValue(members);

        ScopedValue.where(Expressions.WORK, some).call(() -> mapping.evaluate(context(body)));
        assertThat(some.made).isBetween(100_000L, 125_000L);

        lookers.clear();
        assertThatThrownBy(() -> ScopedValue.where(Expressions.WORK, few).call(() -> mapping.evaluate(context(body))))
                .isInstanceOf(StepFailure.class);
        assertThat(lookers).as("no more is made").isEmpty();
    }

    @Test
    void whatIsMadeOnAWatchedThreadIsCountedAgainstTheDeliveryToo() {
        var work = new CountedWork("f", Long.MAX_VALUE);
        var expression = expressions.compile("$string(t) & \"x\"");

        ScopedValue.where(Expressions.WORK, work)
                .call(() -> expression.evaluate(context(Map.of("t", "x".repeat(1_000)))));

        assertThat(lookers).isNotEmpty().allMatch(name -> name.startsWith(POOL));
        assertThat(work.made).isBetween(1_000L, 10_000L);
    }

    @Test
    void whatNobodysFlowDoesIsHeldAgainstNobody() {
        use(new EvaluationLimits(LONG, LONG, 5_000));
        var body = Map.<String, Object>of("t", "x".repeat(6_000), "a", "y");

        assertThatThrownBy(() -> expressions.compile("$string(t) & $string(a)").evaluate(context(body)))
                .isInstanceOf(StepUnavailable.class);

        assertThat(expressions.compile("$string(a)").evaluate(context(body))).isEqualTo("y");
    }

    @Test
    void aFlowThatMakesTooMuchHereHasAllOfItsDoneInTheSandbox() {
        use(new EvaluationLimits(LONG, LONG, 5_000));
        var body = Map.<String, Object>of("t", "x".repeat(6_000), "a", "y");

        for (var text : List.of("$string(t) & $string(a)", "t & 1")) {
            var flow = "heavy " + text;
            assertThatThrownBy(() -> evaluate(flow, text, context(body))).isInstanceOf(StepUnavailable.class);
            assertThat(lookers).isNotEmpty();
            lookers.clear();

            assertThatThrownBy(() -> evaluate(flow, "$string(a)", context(body)))
                    .isInstanceOf(StepUnavailable.class);
            assertThat(lookers).as("it was not tried here").isEmpty();
        }
        assertThat(evaluate("light", "$string(a)", context(body))).isEqualTo("y");
    }

    @Test
    void aFlowWhoseExpressionDoesNotEndHasAllOfItsDoneInTheSandbox() {
        use(new EvaluationLimits(LONG, Duration.ofMillis(1), 1 << 20));

        assertThatThrownBy(() -> evaluate("slow", "$string(hangs)", context(Map.of())))
                .isInstanceOf(StepUnavailable.class);
        lookers.clear();

        assertThatThrownBy(() -> evaluate("slow", "$string(a)", context(Map.of("a", "y"))))
                .isInstanceOf(StepUnavailable.class);
        assertThat(lookers).isEmpty();
    }

    @Test
    void nobodysExpressionsAreTakenWhileTooManyDoNotEnd() throws Exception {
        use(new EvaluationLimits(LONG, Duration.ofMillis(100), 1 << 20));
        List<Future<?>> hanging = new ArrayList<>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var n = 0; n < 4; n++) {
                var tenant = "t" + n;
                hanging.add(callers.submit(() -> ScopedValue.where(Sandbox.TENANT, tenant)
                        .call(() -> evaluate("of " + tenant, "$string(hangs)", context(Map.of())))));
            }
            for (var one : hanging) {
                assertThatThrownBy(() -> one.get(60, TimeUnit.SECONDS)).hasCauseInstanceOf(StepUnavailable.class);
            }
        }
        assertThat(expressions.lostThreads()).isEqualTo(4);
        lookers.clear();

        assertThatThrownBy(() -> evaluate("other", "$string(a)", context(Map.of("a", "y"))))
                .isInstanceOf(StepUnavailable.class);
        assertThat(lookers).isEmpty();

        end.countDown();
        await().atMost(LONG).until(() -> expressions.lostThreads() == 0);
        assertThat(evaluate("other", "$string(a)", context(Map.of("a", "y")))).isEqualTo("y");
    }

    /** They are texts that an expression may ask for, so long ones are no small message. */
    @ParameterizedTest
    @ValueSource(strings = {"$contains($join($keys($)), 'b')", "$count($split($join($keys($)), ''))"})
    void namesOfMembersCount(String text) {
        var body = new HashMap<String, Object>();
        for (var n = 0; n < 3; n++) {
            body.put(n + "a".repeat(49_000), 1);
        }

        assertThatThrownBy(() -> evaluate("f", text.replace('\'', '"'), context(body)))
                .isInstanceOf(StepUnavailable.class);
    }

    @Test
    void variablesOfTheFlowCount() {
        var variables = Map.of("v", "x".repeat(100_000));
        var context = EvaluationContext.of(StepMessage.of(Map.of()), variables);

        assertThat(context.size().parts()).isGreaterThan(1_500);
        assertThatThrownBy(() -> evaluate("f", "$contains($getFlowVariables().v, \"b\")", context))
                .isInstanceOf(StepUnavailable.class);
    }
}
