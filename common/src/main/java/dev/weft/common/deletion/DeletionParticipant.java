package dev.weft.common.deletion;

/**
 * A feature that holds something of what can be deleted; one bean for each scope. The rest of its service is done by
 * {@link Deletions}.
 */
public interface DeletionParticipant {

    DeletionScope scope();

    /**
     * Deletes what can be deleted by now. It is called again, by whatever replica, until nothing is left, and for a while
     * after that: by two at once, after a crash in the middle, and long after the end.
     *
     * @throws RuntimeException when it can not be done now: then it comes again after a longer pause
     */
    Remainder clear(Deletion deletion);
}
