package dev.weft.common.event;

/** Takes one event or command; an exception means it shall come again. */
@FunctionalInterface
public interface EventHandler {
    void handle(DomainEvent event);
}
