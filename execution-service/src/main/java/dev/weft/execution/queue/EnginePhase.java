package dev.weft.execution.queue;

/** In which order the engine's parts start; they stop the other way round. The recorder is at 0. */
public final class EnginePhase {

    public static final int PUBLISHING = 50;
    public static final int WORKING = 100;

    private EnginePhase() {}
}
