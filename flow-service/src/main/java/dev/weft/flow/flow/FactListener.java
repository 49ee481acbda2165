package dev.weft.flow.flow;

import dev.weft.common.messaging.DomainEvent;

/** A feature's ear for facts of one type; all of them share the queue of the service. */
public interface FactListener {

    String type();

    /** An exception means that the fact shall come again. */
    void hear(DomainEvent event);
}
