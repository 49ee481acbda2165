package dev.weft.execution.failure;

import dev.weft.execution.process.Processes;
import org.springframework.stereotype.Service;

/**
 * A message is a suspect when it came back at least twice and at least two processes have died since its execution
 * began. Only deaths count, not orderly ends, so a rolling restart makes no suspects.
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
        // With fewer returns it can have been in at most one death.
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
