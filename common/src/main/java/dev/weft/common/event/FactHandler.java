package dev.weft.common.event;

/**
 * What a service does about a fact, a bean per fact and feature. All of them share the service's queue: each fact is
 * taken by one replica, at least once, so a handler must not mind a repetition.
 */
public record FactHandler(Fact fact, EventHandler handler) {}
