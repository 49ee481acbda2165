package dev.weft.execution.failure;

/**
 * Whether a message that the broker had to take back may be what killed its worker. That it was taken back says little:
 * so is all that a process has taken ahead, whenever it stops, loses its connection or hands a queue over.
 */
@FunctionalInterface
public interface Suspicion {

    /** What is thought of a message. */
    enum Verdict {
        /** It is worked on like any other. */
        CLEAR,
        /** It is worked on apart from others of its kind. */
        SUSPECT,
        /** It can not be told yet, since nobody knows whether a process lives: it waits. */
        UNKNOWN
    }

    /**
     * @param returns   how often the broker has taken it back
     * @param startedAt when its execution began, milliseconds since 1970: deaths before it were none of its doing
     */
    Verdict of(int returns, long startedAt);
}
