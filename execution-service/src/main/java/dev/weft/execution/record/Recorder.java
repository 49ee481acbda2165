package dev.weft.execution.record;

import java.util.concurrent.CompletableFuture;

/**
 * Stores what happened: each hop hands its record over here, and its delivery is acknowledged when the record is
 * written.
 */
public interface Recorder {

    /**
     * The future ends when the record is durable; it is retried for as long as the store is away. It fails when the store
     * will never take it, not even without the messages in it.
     */
    CompletableFuture<Void> record(DeliveryRecord delivery);

    /**
     * Whether that execution has a record already: a firing by time that was published twice, since its scheduler died
     * in between, is worked on once.
     */
    boolean isKnown(String executionId);

    /** Whether that execution waits for what becomes of the message of that effect key. */
    boolean isMissed(String executionId, String key);

    /** Whether an error of that message has been recorded. */
    boolean hasError(String executionId, String messageId);
}
