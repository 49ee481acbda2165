package dev.weft.execution.errorinbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.flowmessage.FlowHeaders;
import dev.weft.execution.errorinbox.FailedMessages.Input;
import dev.weft.execution.plan.FlowBuilder;
import dev.weft.execution.plan.PathExpressions;
import dev.weft.execution.plan.Planner;
import dev.weft.execution.plan.TestBuiltin;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetryWayTest {

    private static final Input AT_THE_EDGE =
            new Input(new byte[0], Map.of(FlowHeaders.STEP_ID, "a", FlowHeaders.EDGE, "a>b"));
    private static final Input AT_THE_STEP = new Input(new byte[0], Map.of(FlowHeaders.STEP_ID, "a"));

    private static java.util.Optional<String> missing(Input input, String step, FlowBuilder flow) {
        var plan = new Planner(TestBuiltin.usual(), new PathExpressions()).plan(flow.build(), "r".repeat(32));
        return RetryWay.of(input, step).missing(plan);
    }

    private static FlowBuilder twoSteps() {
        return FlowBuilder.aFlow().step("a", "weft/webhook:receive").step("b", "weft/mapper:map");
    }

    @Test
    void needsTheStepAndTheEdgeAtWhichItFailed() {
        var changed = twoSteps().step("c", "weft/mapper:map").edge("a", "c").edge("c", "b");

        assertThat(missing(AT_THE_EDGE, "b", twoSteps().edge("a", "b"))).isEmpty();
        assertThat(missing(AT_THE_EDGE, "b", changed)).contains("The running version has no edge from a to b.");
        assertThat(missing(AT_THE_STEP, "b", changed)).isEmpty();
        assertThat(missing(AT_THE_STEP, "gone", changed)).contains("The running version has no step gone.");
    }
}
