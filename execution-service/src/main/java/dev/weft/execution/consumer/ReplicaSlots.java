package dev.weft.execution.consumer;

/**
 * Which consumers of a step with several replicas are this process's: each is a slot that one process at a time holds.
 * Processes tell for which queues they want slots, so that the slots are divided evenly.
 */
public interface ReplicaSlots {

    /** Takes a slot, or keeps it; false while it is another process's. */
    boolean hold(String slot);

    void release(String slot);

    /** Wants some of a queue's slots, for a while; how many processes do. */
    int share(String queue);

    /** Wants none any more. */
    void leave(String queue);
}
