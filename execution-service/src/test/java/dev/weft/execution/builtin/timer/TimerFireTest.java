package dev.weft.execution.builtin.timer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.execution.builtin.WorkedStep;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.step.StepFailure;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimerFireTest {

    private final TimerFire timer = new TimerFire();

    @Test
    void emitsTheInstantItWasDue() {
        var fired = StepMessage.of(Map.of("fireTime", "2026-03-01T10:00:00.000Z", "more", 1));

        assertThat(WorkedStep.bodies(WorkedStep.work(timer, Map.of("interval", "minute"), fired)))
                .containsExactly(Map.of("fireTime", "2026-03-01T10:00:00.000Z"));
    }

    @Test
    void failsWithoutIt() {
        assertThatThrownBy(() -> WorkedStep.work(timer, Map.of(), StepMessage.of(Map.of())))
                .isInstanceOf(StepFailure.class);
    }
}
