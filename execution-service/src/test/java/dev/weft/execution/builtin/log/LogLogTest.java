package dev.weft.execution.builtin.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weft.execution.builtin.WorkedStep;
import dev.weft.execution.jsonata.StandaloneExpressions;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.step.Outcome;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class LogLogTest {

    private final LogLog log = new LogLog(new StandaloneExpressions().expressions(), new JsonMapper());
    private final StepMessage message = StepMessage.of(Map.of("a", "x"));

    @ParameterizedTest
    @CsvSource({"trace,10", "debug,20", "info,30", "warn,40", "error,50", "fatal,60"})
    void writesALineAndEmitsItsInput(String level, int number) {
        assertThat(WorkedStep.work(log, Map.of("level", level, "message", "'a is ' & a"), message))
                .containsExactly(new Outcome.Log(number, "a is x"), new Outcome.Data(message));
    }

    @Test
    void writesTheBodyByDefault() {
        assertThat(WorkedStep.work(log, Map.of(), message)).first().isEqualTo(new Outcome.Log(30, "{\"a\":\"x\"}"));
    }

    @Test
    void refusesOtherLevels() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> log.prepare(WorkedStep.settings(Map.of("level", "loud"))));
    }
}
