package dev.weft.execution.failure;

/**
 * Decides whether a message that came back may have killed its worker. A redelivery alone proves little: whenever a
 * process stops, loses its connection or hands a queue over, everything that it had prefetched is redelivered.
 */
@FunctionalInterface
public interface Suspicion {

    /** The judgement on a message. */
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
