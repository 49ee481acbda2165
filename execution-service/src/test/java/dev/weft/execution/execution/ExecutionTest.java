package dev.weft.execution.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.flowmessage.EffectKey;
import dev.weft.execution.execution.Execution.Resend;
import dev.weft.execution.execution.Execution.Status;
import dev.weft.execution.record.DeliveryRecord;
import dev.weft.execution.record.Payload;
import dev.weft.execution.record.StepRecord;
import dev.weft.execution.record.StepRecord.FailureRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExecutionTest {

    private static final String ROOT = EffectKey.kickOff("f", "call");
    private static final String CHILD = EffectKey.next(ROOT, "b", "a:b", "0");

    private static StepRecord step(String key, @Nullable String parent, StepRecord.Status status, String... children) {
        return step(key, parent, 1, status, children);
    }

    private static StepRecord step(
            String key, @Nullable String parent, int attempt, StepRecord.Status status, String... children) {
        var failure = status == StepRecord.Status.FAILED
                ? new FailureRecord("e".repeat(24) + key.substring(0, 8), "Error", "boom", "", 5, new byte[0], Map.of())
                : null;
        return new StepRecord(
                key, "step", "m-" + key, parent, attempt, status, 10, 5, null, null, false, List.of(children), failure);
    }

    private static DeliveryRecord delivery(StepRecord... steps) {
        return new DeliveryRecord("x", "f", "v", "r", "w", "t", "u", "webhook", 10, List.of(steps), List.of());
    }

    private static Execution of(DeliveryRecord... deliveries) {
        var execution = Execution.begin(deliveries[0]);
        for (var delivery : deliveries) {
            execution.apply(delivery);
        }
        return execution;
    }

    private static Payload shown(String body) {
        return new Payload(body.getBytes(StandardCharsets.UTF_8));
    }

    /** What a sailor has been given, or with a frame's name what that frame tells. */
    private static StepRecord ofSailor(String key, StepRecord.Status status, String payload, String... children) {
        var given = status == StepRecord.Status.RUNNING;
        var input = given ? shown(payload) : null;
        var outputs = given ? List.<Payload>of() : List.of(shown(payload));
        return new StepRecord(
                key,
                "step",
                "m-" + CHILD,
                given ? "p" : null,
                1,
                status,
                10,
                5,
                input,
                outputs,
                false,
                List.of(children),
                null);
    }

    @Test
    void addsUpWhatASailorTellsInAnyOrder() {
        var root = delivery(step(ROOT, null, StepRecord.Status.COMPLETED, CHILD));
        var given = delivery(ofSailor(CHILD, StepRecord.Status.RUNNING, "in"));
        var one = delivery(ofSailor(
                StepRecord.keyOfFrame(CHILD, "a"),
                StepRecord.Status.COMPLETED,
                "out-a",
                EffectKey.next(CHILD, "c", "b:c", "a")));
        var other = delivery(ofSailor(
                StepRecord.keyOfFrame(CHILD, "b"),
                StepRecord.Status.COMPLETED,
                "out-b",
                EffectKey.next(CHILD, "c", "b:c", "b")));
        var ends = List.of(
                delivery(step(EffectKey.next(CHILD, "c", "b:c", "a"), null, StepRecord.Status.COMPLETED)),
                delivery(step(EffectKey.next(CHILD, "c", "b:c", "b"), null, StepRecord.Status.COMPLETED)));

        assertThat(of(root, given).status()).isEqualTo(Status.RUNNING);
        assertThat(of(root, given).inCausalOrder().getLast().status()).isEqualTo(StepRecord.Status.RUNNING);
        assertThat(of(root, given, one).status()).isEqualTo(Status.RUNNING);
        for (var order : List.of(List.of(given, one, other), List.of(one, given, other), List.of(other, one, given))) {
            var execution = of(root, order.get(0), order.get(1), order.get(2), ends.get(0), given);
            assertThat(execution.status()).isEqualTo(Status.RUNNING);
            execution.apply(ends.get(1));
            assertThat(execution.status()).isEqualTo(Status.COMPLETED);
            assertThat(execution.messages()).isEqualTo(4);
            var step = execution.steps.values().stream()
                    .filter(kept -> kept.messageId().equals("m-" + CHILD))
                    .findFirst()
                    .orElseThrow();
            assertThat(step.status()).isEqualTo(StepRecord.Status.COMPLETED);
            assertThat(step.input()).isEqualTo(shown("in"));
            assertThat(step.parentMessageId()).isEqualTo("p");
            assertThat(step.outputs()).containsExactlyInAnyOrder(shown("out-a"), shown("out-b"));
        }
    }

    @Test
    void keepsWhatASailorHasBeenGivenAsRunningInTheStore() {
        var execution = of(delivery(ofSailor(CHILD, StepRecord.Status.RUNNING, "in")));

        var read = StoredExecution.read(StoredExecution.write(execution, null, (_, _) -> ""));

        assertThat(read.status()).isEqualTo(Status.RUNNING);
        assertThat(read.messages()).isZero();
    }

    @Test
    void runsUntilEveryMessageHasItsRecord() {
        var root = delivery(step(ROOT, null, StepRecord.Status.COMPLETED, CHILD));
        var child = delivery(step(CHILD, "m-" + ROOT, StepRecord.Status.FILTERED));

        assertThat(of(root).status()).isEqualTo(Status.RUNNING);
        assertThat(of(root, child).status()).isEqualTo(Status.COMPLETED);
        assertThat(of(root, child).messages()).isEqualTo(2);
    }

    @Test
    void recordsInAnyOrderAndMoreThanOnceComeToTheSame() {
        var deliveries = new ArrayList<DeliveryRecord>();
        var children = new ArrayList<String>();
        for (var i = 0; i < 40; i++) {
            var key = EffectKey.next(ROOT, "b", "a:b", "" + i);
            children.add(key);
            deliveries.add(delivery(step(key, "m-" + ROOT, StepRecord.Status.COMPLETED)));
        }
        deliveries.add(delivery(step(ROOT, null, StepRecord.Status.COMPLETED, children.toArray(String[]::new))));
        deliveries.addAll(List.copyOf(deliveries.subList(3, 20)));
        Collections.shuffle(deliveries, new Random(7));

        var execution = of(deliveries.toArray(DeliveryRecord[]::new));

        assertThat(execution.status()).isEqualTo(Status.COMPLETED);
        assertThat(execution.messages()).isEqualTo(41);
        assertThat(execution.steps).hasSize(41);
    }

    @Test
    void anOpenErrorMakesItFailedAndARetryRunsItAgain() {
        var execution = of(delivery(step(ROOT, null, StepRecord.Status.FAILED)));
        assertThat(execution.status()).isEqualTo(Status.FAILED);

        var error = execution.errors.values().iterator().next();
        var key = EffectKey.next(ROOT, "retry", "", "0");
        execution.retry(error, new Resend(key, error.id(), "step", null, 20), "r2");
        assertThat(execution.status()).isEqualTo(Status.RUNNING);

        execution.apply(delivery(step(key, "m-" + ROOT, StepRecord.Status.COMPLETED)));
        assertThat(execution.status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void anErrorIsOpenAgainWhenItsRetryIsTakenBackUnlessItsMessageHasCome() {
        var execution = of(delivery(step(ROOT, null, StepRecord.Status.FAILED)));
        var error = execution.errors.values().iterator().next();
        var resend = new Resend(EffectKey.next(ROOT, "retry", "", "0"), error.id(), "step", null, 20);

        execution.retry(error, resend, "r2");
        execution.takeBack(resend);
        assertThat(execution.status()).isEqualTo(Status.FAILED);
        assertThat(execution.errors.get(error.id()).state()).isEqualTo(Execution.ErrorState.OPEN);

        execution.retry(error, resend, "r2");
        execution.apply(delivery(step(resend.key(), "m-" + ROOT, StepRecord.Status.COMPLETED)));
        execution.takeBack(resend);
        assertThat(execution.status()).isEqualTo(Status.COMPLETED);
        assertThat(execution.resends).isEmpty();
    }

    @Test
    void aRetryGoesOnInItsRunWhateverBecomesOfTheOneBefore() {
        var execution = of(delivery(step(ROOT, null, StepRecord.Status.FAILED)));
        var error = execution.errors.values().iterator().next();

        execution.retry(error, new Resend(CHILD, error.id(), "step", null, 20), "r2");

        assertThat(execution.runs).containsExactly("r2");
        execution.cancel(30, "r");
        assertThat(execution.status()).isEqualTo(Status.RUNNING);
        execution.cancel(30, "r2");
        assertThat(execution.status()).isEqualTo(Status.CANCELED);
    }

    @Test
    void whatIsAtWorkInTwoRunsGoesOnInTheOtherWhenOneEnds() {
        var execution = of(delivery(
                step(ROOT, null, StepRecord.Status.COMPLETED, CHILD, "c".repeat(40)),
                step(CHILD, ROOT, StepRecord.Status.FAILED)));
        var error = execution.errors.values().iterator().next();

        execution.retry(error, new Resend("d".repeat(40), error.id(), "step", null, 20), "r2");

        assertThat(execution.runs).containsExactly("r", "r2");
        execution.cancel(30, "r");
        assertThat(execution.status()).isEqualTo(Status.RUNNING);
        assertThat(execution.runs).containsExactly("r2");
    }

    @Test
    void forgottenErrorsAreCountedWhileTheyAreOpen() {
        var execution = of(delivery(
                step(ROOT, null, StepRecord.Status.FAILED), step(CHILD, "m-" + ROOT, StepRecord.Status.FAILED)));
        var errors = List.copyOf(execution.errors.values());
        execution.errors.put(errors.getFirst().id(), errors.getFirst().in(Execution.ErrorState.RETRIED));

        execution.forget(List.of(errors.getFirst().id(), "unknown"));
        assertThat(execution.errorCount()).isEqualTo(1);
        execution.forget(List.of(errors.getLast().id()));

        assertThat(execution.errors).isEmpty();
        assertThat(execution.errorCount()).isEqualTo(1);
        assertThat(execution.status()).isEqualTo(Status.FAILED);
    }

    @Test
    void aReboundIsWaitedFor() {
        assertThat(of(delivery(step(ROOT, null, StepRecord.Status.REBOUND))).status())
                .isEqualTo(Status.RUNNING);
    }

    @Test
    void whatAReboundEmittedBeforeIsWaitedForInAnyOrder() {
        var rebound = delivery(step(ROOT, null, StepRecord.Status.REBOUND, CHILD, ROOT + "#2"));
        var child = delivery(step(CHILD, "m-" + ROOT, StepRecord.Status.COMPLETED));
        var again = delivery(step(ROOT + "#2", null, 2, StepRecord.Status.COMPLETED, CHILD));

        assertThat(of(rebound, again).status()).isEqualTo(Status.RUNNING);
        assertThat(of(again, rebound).status()).isEqualTo(Status.RUNNING);
        assertThat(of(rebound, child).status()).isEqualTo(Status.RUNNING);
        for (var order : List.of(
                List.of(rebound, child, again),
                List.of(child, again, rebound),
                List.of(again, rebound, child, rebound, again))) {
            var execution = of(order.toArray(DeliveryRecord[]::new));
            assertThat(execution.status()).isEqualTo(Status.COMPLETED);
            assertThat(execution.messages()).isEqualTo(2);
        }
    }

    @Test
    void aStepThatReboundsDoesNotEndBeforeWhatItEmittedThoughItsRetryNamesItNot() {
        var rebound = delivery(step(ROOT, null, StepRecord.Status.REBOUND, CHILD, ROOT + "#2"));
        var failed = delivery(step(ROOT + "#2", null, 2, StepRecord.Status.FAILED));

        assertThat(of(rebound, failed).status()).isEqualTo(Status.RUNNING);
        assertThat(of(failed, rebound, failed).status()).isEqualTo(Status.RUNNING);
    }

    @Test
    void aStopCancelsWhatRunsAndThatIsItsEnd() {
        var execution = of(delivery(step(ROOT, null, StepRecord.Status.COMPLETED, CHILD)));
        execution.cancel(100);

        execution.apply(delivery(lasting(CHILD, 500)));

        assertThat(execution.status()).isEqualTo(Status.CANCELED);
        assertThat(execution.updatedAt).isEqualTo(100);
    }

    private static StepRecord lasting(String key, long millis) {
        return new StepRecord(
                key, "step", "m", "p", 1, StepRecord.Status.COMPLETED, 10, millis, null, null, false, List.of(), null);
    }

    @Test
    void parentsComeBeforeTheirChildren() {
        var grandchild = EffectKey.next(CHILD, "c", "b:c", "0");
        var execution = of(
                delivery(step(grandchild, "m-" + CHILD, StepRecord.Status.COMPLETED)),
                delivery(
                        step(CHILD, "m-" + ROOT, StepRecord.Status.COMPLETED, grandchild),
                        step(ROOT, null, StepRecord.Status.COMPLETED, CHILD)));

        assertThat(execution.inCausalOrder())
                .extracting(step -> step.mark().key())
                .containsExactly(KeySet.bits(ROOT), KeySet.bits(CHILD), KeySet.bits(grandchild));
    }

    @Test
    void keepsAThousandStepsAndCountsTheRest() {
        var steps = new ArrayList<StepRecord>();
        for (var i = 0; i < 1200; i++) {
            steps.add(step(EffectKey.next(ROOT, "b", "a:b", "" + i), null, StepRecord.Status.COMPLETED));
        }
        var execution = of(delivery(steps.toArray(StepRecord[]::new)));

        assertThat(execution.steps).hasSize(Execution.KEPT_STEPS);
        assertThat(execution.messages()).isEqualTo(1200);
    }

    @Test
    void keepsAThousandErrorsAndCountsTheRest() {
        var steps = new ArrayList<StepRecord>();
        for (var i = 0; i < 1200; i++) {
            steps.add(step(EffectKey.next(ROOT, "b", "a:b", "" + i), null, StepRecord.Status.FAILED));
        }
        var execution = of(delivery(steps.toArray(StepRecord[]::new)));
        var read = StoredExecution.read(StoredExecution.write(execution, null, (_, _) -> ""));

        assertThat(read.errors).hasSize(Execution.KEPT_ERRORS);
        assertThat(read.errorCount()).isEqualTo(1200);
        assertThat(read.messages()).isEqualTo(1200);
        read.errors.values().forEach(error -> read.errors.put(error.id(), error.in(Execution.ErrorState.RETRIED)));
        assertThat(read.status()).isEqualTo(Status.FAILED);
    }

    @Test
    void storesAPayloadOnceAndNamesItWhereverItIsShown() {
        var execution = of(delivery(
                shown(ROOT, payload("{\"a\":1}"), payload("{\"b\":2}")),
                shown(CHILD, payload("{\"b\":2}"), payload("{\"a\":1}"))));

        var stored = StoredExecution.write(execution, null, (_, _) -> "");
        var read = StoredExecution.read(stored);

        assertThat(stored.getList("p", Object.class)).hasSize(2);
        assertThat(read.steps).isEqualTo(execution.steps);
    }

    @Test
    void putsWhatIsTooMuchForItsDocumentElsewhereUnderANameThatStays() {
        var large = payload("\"" + "x".repeat(300_000) + "\"");
        var larger = payload("\"" + "y".repeat(350_000) + "\"");
        var execution = of(delivery(shown(ROOT, large, larger), shown(CHILD, larger, payload("1"))));

        var stored = StoredExecution.write(execution, null, (_, payload) -> "at " + payload.json().length);
        var again = StoredExecution.write(StoredExecution.read(stored), null, (_, _) -> {
            throw new AssertionError("It lies elsewhere already.");
        });

        assertThat(stored.getList("p", Object.class))
                .containsExactly(
                        new Binary(large.json()),
                        "at 350002",
                        new Binary(payload("1").json()));
        assertThat(again).isEqualTo(stored);
    }

    private static Payload payload(String json) {
        return new Payload(json.getBytes(StandardCharsets.UTF_8));
    }

    private static StepRecord shown(String key, Payload input, Payload output) {
        return new StepRecord(
                key,
                "step",
                "m-" + key,
                null,
                1,
                StepRecord.Status.COMPLETED,
                10,
                5,
                input,
                List.of(output),
                false,
                List.of(),
                null);
    }

    @Test
    void survivesBeingStored() {
        var execution = of(delivery(
                step(ROOT, null, StepRecord.Status.COMPLETED, CHILD),
                step(CHILD, "m-" + ROOT, StepRecord.Status.FAILED)));
        execution.revision = 3;

        var read = StoredExecution.read(StoredExecution.write(execution, "w", (_, _) -> ""));

        assertThat(read.status()).isEqualTo(Status.FAILED);
        assertThat(read.messages()).isEqualTo(2);
        assertThat(read.steps).isEqualTo(execution.steps);
        assertThat(read.errors).isEqualTo(execution.errors);
        assertThat(read.revision).isEqualTo(3);
    }
}
