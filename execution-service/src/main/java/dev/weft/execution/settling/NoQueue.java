package dev.weft.execution.settling;

/** Decides what to do with a message whose queue does not exist. */
@FunctionalInterface
public interface NoQueue {

    /**
     * @param attempts how often it was published
     * @return true: the message is seen to; false: it is to be published again
     */
    boolean isSeenTo(int attempts);

    /**
     * The broker went away with the publish, or ended its channel, as it does when there is no such exchange; before the
     * message is published again.
     */
    default void mayHaveNoExchange() {}
}
