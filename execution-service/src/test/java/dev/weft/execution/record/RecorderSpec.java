package dev.weft.execution.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.id.Ids;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every recorder promises to the hops that hand their records over. */
public interface RecorderSpec {

    /** The same in one test. What it is given is not kept before {@link #open}. */
    Recorder recorder();

    /** From now on what is recorded is kept. */
    void open();

    private static DeliveryRecord of(String flow, String execution, StepRecord... steps) {
        return new DeliveryRecord(
                execution,
                flow,
                "version",
                "run",
                "workspace",
                "tenant",
                "user",
                "webhook",
                10,
                List.of(steps),
                List.of());
    }

    private static DeliveryRecord of(String execution, StepRecord... steps) {
        return of("flow", execution, steps);
    }

    /** By its own message. */
    private static StepRecord step(
            String key, @Nullable String parent, StepRecord.Status status, List<String> children) {
        var failure = status == StepRecord.Status.FAILED
                ? new StepRecord.FailureRecord(
                        Ids.sha256("error of " + key).substring(0, 32), "Error", "boom", "", 12, new byte[1], Map.of())
                : null;
        return new StepRecord(
                key, "step", "message of " + key, parent, 1, status, 10, 5, null, null, false, children, failure);
    }

    private static StepRecord first(String key, String... children) {
        return step(key, null, StepRecord.Status.COMPLETED, List.of(children));
    }

    private static StepRecord next(String key, StepRecord.Status status) {
        return step(key, "message of its cause", status, List.of());
    }

    private static String aKey() {
        return Ids.sha256(new Ids().nextHex32());
    }

    private void recorded(DeliveryRecord delivery) {
        assertThat(recorder().record(delivery)).succeedsWithin(60, TimeUnit.SECONDS);
    }

    /** Whoever acknowledges a delivery before that loses it when the process dies. */
    @Test
    default void whatIsNotKeptYetIsNeitherDurableNorKnown() {
        var execution = new Ids().nextExecution();
        var child = aKey();
        var failed = step(aKey(), null, StepRecord.Status.FAILED, List.of(child));

        var written = recorder().record(of(execution, failed));

        assertThat(written).isNotDone();
        assertThat(recorder().isKnown(execution)).isFalse();
        assertThat(recorder().isMissed(execution, child)).isFalse();
        assertThat(recorder().hasError(execution, failed.messageId())).isFalse();
        open();
        assertThat(written).succeedsWithin(60, TimeUnit.SECONDS);
        assertThat(recorder().isKnown(execution)).isTrue();
        assertThat(recorder().hasError(execution, failed.messageId())).isTrue();
    }

    @Test
    default void anExecutionMissesWhatCameOfAStepUntilThatHasEnded() {
        open();
        var execution = new Ids().nextExecution();
        var child = aKey();
        assertThat(recorder().isMissed(execution, child)).isFalse();

        recorded(of(execution, first(aKey(), child)));
        assertThat(recorder().isMissed(execution, child)).isTrue();
        assertThat(recorder().isMissed(new Ids().nextExecution(), child))
                .as("of another")
                .isFalse();

        recorded(of(execution, next(child, StepRecord.Status.RUNNING)));
        assertThat(recorder().isMissed(execution, child))
                .as("a sailor is at it")
                .isTrue();
        recorded(of(execution, next(child, StepRecord.Status.COMPLETED)));
        assertThat(recorder().isMissed(execution, child)).isFalse();
    }

    @Test
    default void recordsComeInAnyOrder() {
        open();
        var execution = new Ids().nextExecution();
        var child = aKey();

        recorded(of(execution, next(child, StepRecord.Status.COMPLETED)));
        recorded(of(execution, first(aKey(), child)));

        assertThat(recorder().isMissed(execution, child)).isFalse();
    }

    /** As after a crash between the record and the acknowledgement. */
    @Test
    default void aRepeatedRecordChangesNothing() {
        open();
        var execution = new Ids().nextExecution();
        var child = aKey();
        var begun = of(execution, first(aKey(), child));

        recorded(begun);
        recorded(of(execution, next(child, StepRecord.Status.FAILED)));
        recorded(begun);

        assertThat(recorder().isMissed(execution, child)).isFalse();
        assertThat(recorder().hasError(execution, "message of " + child)).isTrue();
    }

    @Test
    default void anErrorIsOfItsMessageInItsExecution() {
        open();
        var execution = new Ids().nextExecution();
        var other = new Ids().nextExecution();
        var failed = step(aKey(), null, StepRecord.Status.FAILED, List.of());
        var well = first(aKey());

        recorded(of(execution, failed, well));
        recorded(of(other, well));

        assertThat(recorder().hasError(execution, failed.messageId())).isTrue();
        assertThat(recorder().hasError(execution, well.messageId())).isFalse();
        assertThat(recorder().hasError(other, failed.messageId())).isFalse();
    }

    /** A sailor writes by itself which execution its frames are of. */
    @Test
    default void aFlowWritesIntoNoExecutionOfAnother() {
        open();
        var execution = new Ids().nextExecution();
        var child = aKey();
        recorded(of(execution, first(aKey(), child)));

        recorded(of("another flow", execution, next(child, StepRecord.Status.FAILED)));

        assertThat(recorder().isMissed(execution, child)).isTrue();
        assertThat(recorder().hasError(execution, "message of " + child)).isFalse();
    }
}
