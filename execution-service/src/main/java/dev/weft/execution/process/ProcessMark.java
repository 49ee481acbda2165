package dev.weft.execution.process;

/**
 * What a process says of itself, again and again; it takes it away when it ends in order.
 *
 * @param at     when it said so, milliseconds since 1970
 * @param runs   how many runs it works for
 * @param active how many queues that one process alone works on it has just now
 */
public record ProcessMark(String id, long at, int runs, int active) {}
