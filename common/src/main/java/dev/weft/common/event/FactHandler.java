package dev.weft.common.event;

/**
 * What a service does about a fact; one bean per fact and feature. All handlers share the service's queue: each fact
 * goes to one replica, at least once, so a handler must tolerate repetitions.
 */
public record FactHandler(Fact fact, EventHandler handler) {}
