package dev.weft.execution.queue;

/** A queue being taken from. */
public interface Subscription {

    /** Ends the flow of deliveries; those at hand may still be settled. */
    void cancel();

    /** Gives back what is not settled. */
    void close();
}
