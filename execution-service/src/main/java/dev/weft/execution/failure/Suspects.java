package dev.weft.execution.failure;

/**
 * Messages that may have been in a worker's hands when it died more than once ({@link Suspicion}), and such as have been in
 * work for longer than they may. That one was begun is written down before: found so again, it is poison.
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
        // Nothing is kept beyond the process.
    }
}
