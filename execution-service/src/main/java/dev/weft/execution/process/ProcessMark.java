package dev.weft.execution.process;

/**
 * A process's sign of life, renewed again and again and removed at an orderly end.
 *
 * @param at     when it was renewed, milliseconds since 1970
 * @param runs   how many runs it works for
 * @param active how many busy queues of one replica it has just now
 */
public record ProcessMark(String id, long at, int runs, int active) {}
