package dev.weft.execution.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.id.Ids;
import dev.weft.common.service.SetClock;
import dev.weft.execution.failure.Suspicion.Verdict;
import dev.weft.execution.process.MemoryProcessMarks;
import dev.weft.execution.process.ProcessMark;
import dev.weft.execution.process.Processes;
import org.junit.jupiter.api.Test;

class DeathsOfProcessesTest {

    private final SetClock clock = new SetClock();
    private final MemoryProcessMarks marks = new MemoryProcessMarks();
    private final Processes processes = new Processes(marks, clock, new Ids());
    private final DeathsOfProcesses suspicion = new DeathsOfProcesses(processes);

    private void died(String id, long secondsAgo) {
        marks.put(new ProcessMark(id, clock.millis() - secondsAgo * 1000, 1, 0));
    }

    @Test
    void suspectsNobodyWhenAllProcessesEndedInOrder() {
        processes.look();

        assertThat(suspicion.of(7, 0)).isEqualTo(Verdict.CLEAR);
    }

    @Test
    void suspectsWhatCameBackTwiceWhileTwoProcessesDied() {
        died("a", 20);
        died("b", 40);
        processes.look();

        assertThat(suspicion.of(2, clock.millis() - 60_000)).isEqualTo(Verdict.SUSPECT);
        assertThat(suspicion.of(1, clock.millis() - 60_000)).isEqualTo(Verdict.CLEAR);
        assertThat(suspicion.of(2, clock.millis() - 30_000))
                .as("began after the first death")
                .isEqualTo(Verdict.CLEAR);
    }

    @Test
    void waitsWhileItCanNotBeToldWhetherAProcessLives() {
        died("a", 20);
        died("perhaps", 7);
        processes.look();

        assertThat(suspicion.of(2, 0)).isEqualTo(Verdict.UNKNOWN);
        assertThat(suspicion.of(1, 0)).isEqualTo(Verdict.CLEAR);
    }
}
