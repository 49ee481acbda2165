package dev.weft.common.broker;

/** How the deliveries of one channel are settled, each once, by any thread. */
public interface Settling {

    void acknowledge(long tag);

    /** The broker delivers it again, to whomever. */
    void requeue(long tag);

    /** False when the channel is gone: the broker will deliver again whatever is done here. */
    boolean isOpen();
}
