package dev.weft.execution.failure;

/**
 * Messages that may kill their worker: those that were in a worker's hands at more than one death ({@link Suspicion}),
 * and those that have been in work for longer than they may. That one was begun is stored before the work: if the mark
 * is found again after another death, the message is poison.
 */
public interface Suspects {

    /** How often it has been begun and was not worked on to the end. */
    int begun(String key);

    /** Whether it has been begun and was not worked on to the end, as it was known a moment ago: for all that comes back. */
    default boolean isKnown(String key) {
        return begun(key) > 0;
    }

    /** How often it has been begun, this time included. */
    int begin(String key, String flowId);

    /** It was worked on to the end. */
    void end(String key);

    /** Those that nobody came back to for a day. */
    default void forgetOld() {
        // By default marks are lost with the process.
    }
}
