package dev.weft.execution.hop;

/** Which consumers of a step with several replicas are this process's: each is a slot that one process holds. */
interface ReplicaSlots {

    /** Takes a slot, or keeps it; false while it is another process's. */
    boolean hold(String slot);

    void release(String slot);
}
