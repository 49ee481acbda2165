package dev.weft.common.broker;

/** Settles deliveries of one channel, each once, from any thread. */
public interface Settling {

    void acknowledge(long tag);

    /** The broker delivers it again, to whomever. */
    void requeue(long tag);

    /** False when the channel is gone: the broker will deliver again whatever is done here. */
    boolean isOpen();
}
