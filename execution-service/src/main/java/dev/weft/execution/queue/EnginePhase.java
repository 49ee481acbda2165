package dev.weft.execution.queue;

/** The order in which the engine's parts start; they stop in the reverse order. The recorder is at 0. */
public final class EnginePhase {

    public static final int PUBLISHING = 50;
    public static final int WORKING = 100;

    private EnginePhase() {}
}
