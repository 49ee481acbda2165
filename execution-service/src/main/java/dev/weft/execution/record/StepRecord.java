package dev.weft.execution.record;

import dev.weft.common.id.Ids;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one step did with one message; written under its effect key, so that doing it again after a crash changes
 * nothing.
 *
 * @param key        effect key of the input
 * @param children   effect keys of the messages that came of it: the execution has ended when each has its record
 * @param status     {@code running} when the message was given to a sailor, whose frames then complete the record
 * @param startedAt  milliseconds since 1970
 * @param input      null when the flow keeps no statistics; the outputs are null then too
 * @param truncated  whether a body above 64 KiB was left out
 * @param failure    with status failed
 */
public record StepRecord(
        String key,
        String stepId,
        String messageId,
        @Nullable String parentMessageId,
        int attempt,
        Status status,
        long startedAt,
        long durationMs,
        @Nullable Payload input,
        @Nullable List<Payload> outputs,
        boolean truncated,
        List<String> children,
        @Nullable FailureRecord failure) {

    /** Between the key of a sailor's work and the name of a frame about it: its record adds to what is known of the work. */
    private static final char FRAME = '~';

    /** Between the key of a work and the number of a failure after its first, which is no further work. */
    private static final char FURTHER_FAILURE = '!';

    private static final int LONGEST_NAME = 100;

    public static String keyOfFrame(String key, String frame) {
        return key + FRAME + frame;
    }

    public static String keyOfFailure(String key, int number) {
        return key + FURTHER_FAILURE + number;
    }

    public boolean isFrame() {
        return key.indexOf(FRAME) > 0;
    }

    /** The key of the work that the frame is about. */
    public String workOfFrame() {
        return key.substring(0, key.indexOf(FRAME));
    }

    public boolean isFurtherFailure() {
        return key.indexOf(FURTHER_FAILURE) > 0;
    }

    /** Without messages: one mark stands for the input, and one for all outputs together. */
    StepRecord reduced() {
        return new StepRecord(
                key,
                stepId,
                messageId,
                parentMessageId,
                attempt,
                status,
                startedAt,
                durationMs,
                input == null ? null : Payload.leftOut(input.json().length),
                outputs == null || outputs.isEmpty() ? outputs : List.of(Payload.leftOut(totalBytes(outputs))),
                true,
                children,
                failure == null ? null : failure.reduced());
    }

    /** Without what may be large; {@code marked}: with an error that says so, whatever it was. */
    StepRecord bare(boolean marked, String executionId) {
        var kept = failure == null ? null : failure.bare();
        if (kept == null && marked) {
            var id = Ids.sha256(executionId + ":" + key + ":refused").substring(0, 32);
            kept = new FailureRecord(
                    id,
                    "RecordTooLarge",
                    "What the step did could not be recorded.",
                    "",
                    startedAt + durationMs,
                    new byte[0],
                    Map.of());
        }
        return new StepRecord(
                key,
                cut(stepId),
                cut(messageId),
                parentMessageId == null ? null : cut(parentMessageId),
                attempt,
                // A failure of a step that is still at work or waits does not make it failed: its end is yet to come.
                failure == null && kept != null && status.isEnd() ? Status.FAILED : status,
                startedAt,
                durationMs,
                input == null ? null : Payload.leftOut(input.json().length),
                outputs == null ? null : List.of(),
                true,
                children,
                kept);
    }

    private static String cut(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }

    /** About how many bytes it takes. */
    long weight() {
        var weight = 200L + 40L * children.size();
        if (input != null) {
            weight += input.json().length;
        }
        if (outputs != null) {
            for (var output : outputs) {
                weight += 50 + output.json().length;
            }
        }
        if (failure != null) {
            weight += 500
                    + failure.frame().length
                    + failure.message().length()
                    + failure.stack().length();
        }
        return weight;
    }

    private static long totalBytes(List<Payload> payloads) {
        return payloads.stream().mapToLong(payload -> payload.json().length).sum();
    }

    /** How a step's work on a message ended. */
    public enum Status {
        RUNNING,
        COMPLETED,
        FAILED,
        REBOUND,
        FILTERED;

        /** Whether no more of the work is to be expected. */
        public boolean isEnd() {
            return this != RUNNING && this != REBOUND;
        }
    }

    /**
     * An error record.
     *
     * @param id     32 hex, made of effect key and attempt
     * @param quoting whether the message quotes values of the flow's data or a called server, or may do so: then it is for those who may see messages
     * @param frame  the whole input, encrypted as flow messages are, for a retry within 5 days; empty: it can not be kept
     * @param headers AMQP headers to send it with again
     */
    public record FailureRecord(
            String id,
            String name,
            String message,
            String stack,
            boolean quoting,
            long at,
            byte[] frame,
            Map<String, Object> headers) {

        private static final int EXCERPT = 1000;

        /** One that quotes nobody. */
        public FailureRecord(
                String id,
                String name,
                String message,
                String stack,
                long at,
                byte[] frame,
                Map<String, Object> headers) {
            this(id, name, message, stack, false, at, frame, headers);
        }

        FailureRecord bare() {
            return new FailureRecord(
                    id, cut(name), "What the step did could not be recorded.", "", at, new byte[0], Map.of());
        }

        FailureRecord reduced() {
            var excerpt = message.length() <= EXCERPT ? message : message.substring(0, EXCERPT);
            return new FailureRecord(
                    id, name, excerpt + " (The input could not be kept.)", "", quoting, at, new byte[0], Map.of());
        }
    }
}
