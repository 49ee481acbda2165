package dev.weft.execution.builtin.timer;

import dev.weft.execution.message.StepMessage;
import dev.weft.execution.step.Builtin;
import dev.weft.execution.step.Outcome;
import dev.weft.execution.step.Step;
import dev.weft.execution.step.StepFailure;
import dev.weft.execution.step.StepSettings;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;

/**
 * {@code weft/timer:timer}: emits {@code {"fireTime"}}, the instant at which the firing was due; the schedule has
 * written it into the message.
 */
@Service
final class TimerFire implements Builtin {

    private static final String FIRE_TIME = "fireTime";

    @Override
    public String command() {
        return "weft/timer:timer";
    }

    @Override
    public Step prepare(StepSettings settings) {
        return input -> {
            if (input.message().body() instanceof Map<?, ?> body && body.get(FIRE_TIME) instanceof String due) {
                return List.of(new Outcome.Data(StepMessage.of(Map.of(FIRE_TIME, due))));
            }
            throw new StepFailure("TimerError", "The timer was fired without the instant it was due.");
        };
    }
}
