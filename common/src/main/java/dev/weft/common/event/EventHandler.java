package dev.weft.common.event;

/** Handles one event or command; an exception means that it must be delivered again. */
@FunctionalInterface
public interface EventHandler {
    void handle(DomainEvent event);
}
