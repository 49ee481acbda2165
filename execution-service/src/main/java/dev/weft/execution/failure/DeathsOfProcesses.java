package dev.weft.execution.failure;

import dev.weft.execution.process.Processes;
import org.springframework.stereotype.Service;

/**
 * Suspects are messages that came back at least twice, of executions in whose time at least two processes have died
 * without an orderly end. So a rolling restart makes none.
 */
@Service
class DeathsOfProcesses implements Suspicion {

    private static final int DEATHS = 2;

    private final Processes processes;

    DeathsOfProcesses(Processes processes) {
        this.processes = processes;
    }

    @Override
    public Verdict of(int returns, long startedAt) {
        // What has come back less often than this can have been in one death at most.
        if (returns < DEATHS) {
            return Verdict.CLEAR;
        }
        var deaths = processes.deathsSince(startedAt);
        if (deaths >= DEATHS) {
            return Verdict.SUSPECT;
        }
        return processes.isInDoubt() ? Verdict.UNKNOWN : Verdict.CLEAR;
    }
}
