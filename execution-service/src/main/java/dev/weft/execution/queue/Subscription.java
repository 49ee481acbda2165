package dev.weft.execution.queue;

/** A queue being taken from. */
public interface Subscription {

    /** Ends the flow of deliveries: none is handed out after this. Those at hand may still be settled. */
    void cancel();

    /** Returns when the broker knows of all that was settled before. */
    void settle();

    /** Gives back what is not settled. */
    void close();
}
