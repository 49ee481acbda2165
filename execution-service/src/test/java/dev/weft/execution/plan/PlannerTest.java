package dev.weft.execution.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.execution.plan.PlannedStep.PlannedWork;
import dev.weft.execution.step.Step;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlannerTest {

    private static final String RUN = "0123456789abcdef0123456789abcdef";

    private static Plan plan(FlowBuilder flow) {
        return new Planner(TestBuiltin.usual(), new PathExpressions()).plan(flow.build(), RUN);
    }

    private static FlowBuilder line() {
        return FlowBuilder.aFlow("f1")
                .step("hook", "weft/webhook:receive")
                .step("map", "weft/mapper:map@latest")
                .step("out", "weft/http:request")
                .edge("hook", "map")
                .edge("map", "out");
    }

    @Test
    void givesAnUnbranchedFlowOneQueueWithThePrefetchOfItsHeavyStep() {
        var plan = plan(line().prefetch("out", 7, 2).prefetch("map", 3, 1));

        assertThat(plan.queues()).hasSize(1);
        var queue = plan.queues().getFirst();
        assertThat(queue.name()).isEqualTo("f1.hook." + RUN + ".messages").isEqualTo(plan.entryQueue());
        assertThat(queue.steps()).containsExactly("hook", "map", "out");
        assertThat(queue.prefetch()).isEqualTo(7);
        assertThat(queue.replicas()).isEqualTo(2);
        assertThat(queue.entry()).isTrue();
        assertThat(plan.queueOf("out")).isEqualTo(plan.entryQueue());
    }

    @Test
    void knowsHowLongAMessageOfAQueueMayBeInWork() {
        var builtins =
                TestBuiltin.usualBut("weft/http:request", Step.lasting(Duration.ofMinutes(3), TestBuiltin.passing()));
        var flow = line().step("code", "weft/code:execute")
                .step("last", "weft/http:request")
                .edge("out", "code")
                .edge("code", "last")
                .build();

        var plan = new Planner(builtins, new PathExpressions()).plan(flow, RUN);

        assertThat(plan.queues().stream().map(PlannedQueue::longest))
                .containsExactly(Duration.ofMinutes(5), Duration.ofMinutes(2), Duration.ofMinutes(5));
        assertThat(plan.queues().stream().map(PlannedQueue::begins))
                .as("then its last expression still ends")
                .containsExactly(Duration.ofMinutes(4), Duration.ofMinutes(1), Duration.ofMinutes(4));
        assertThat(plan.longest()).isEqualTo(Duration.ofMinutes(5));
        assertThat(plan.longest(plan.queues().get(1).name())).isEqualTo(Duration.ofMinutes(2));
        assertThat(plan.begins(plan.queues().get(1).name())).isEqualTo(Duration.ofMinutes(1));
        assertThat(plan.begins("weft.another")).isEqualTo(Duration.ofMinutes(4));
        assertThat(plan.longest("weft.another")).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void nameComponentAndMethodOfAStep() {
        var step = plan(line()).step("map");

        assertThat(step.component()).isEqualTo("mapper");
        assertThat(step.method()).isEqualTo("map");
        assertThat(step.head()).isFalse();
    }

    @Test
    void givesASailorAQueueAndItsFramesAnother() {
        var plan = plan(FlowBuilder.aFlow("f1")
                .step("hook", "weft/webhook:receive")
                .step("act", "acme/probe:act")
                .step("map", "weft/mapper:map")
                .edge("hook", "act")
                .edge("act", "map")
                .prefetch("act", 9, 3));

        assertThat(plan.sailors()).isEqualTo(Map.of("act", new PlannedWork.Sailor("f1.act." + RUN + ".messages", 3)));
        assertThat(plan.queueOf("act")).isEqualTo("f1.act." + RUN + ".frames").isEqualTo(plan.queueOf("map"));
        assertThat(plan.queueNames())
                .containsExactly(plan.queueOf("hook"), plan.queueOf("act"), "f1.act." + RUN + ".messages");
        assertThat(plan.queues().getLast().prefetch()).isEqualTo(1);
        assertThat(plan.queues().getLast().replicas()).isEqualTo(1);
        assertThat(plan.step("hook").carried()).isTrue();
    }

    @Test
    void leavesWorkWithoutWaitingToOneWorker() {
        var plan = plan(FlowBuilder.aFlow()
                .step("hook", "weft/webhook:receive")
                .step("map", "weft/mapper:map")
                .edge("hook", "map")
                .prefetch("map", 20, 1));

        assertThat(plan.queues().getFirst().prefetch()).isEqualTo(1);
    }

    @Test
    void knowsWhetherAStepCanAnswer() {
        assertThat(plan(line()).answers()).isFalse();
        assertThat(plan(line().step("reply", "weft/http:reply").edge("out", "reply"))
                        .answers())
                .isTrue();
        assertThat(plan(line().step("code", "weft/code:execute", Map.of("code", "this.emit('httpReply', {})"))
                                .edge("out", "code"))
                        .answers())
                .isTrue();
    }

    @Test
    void knowsWhetherErrorsMayBeAnsweredByTheHandler() {
        var answering =
                line().step("reply", "weft/http:reply").edge("out", "reply").handler("care", "weft/mapper:map");
        assertThat(plan(answering).answersErrors()).isFalse();

        var both = line().handler("care", "weft/mapper:map")
                .step("reply", "weft/http:reply")
                .edge("care", "reply");
        assertThat(plan(both).answersErrors()).isTrue();
        assertThat(plan(both).errorHandler()).map(PlannedStep::id).contains("care");
        assertThat(plan(both).step("reply").behindHandler()).isTrue();
        assertThat(plan(both).entryStep().id()).isEqualTo("hook");
    }

    @Test
    void carriesOnlyWhatIsAskedForBehind() {
        var plan = plan(FlowBuilder.aFlow()
                .step("hook", "weft/webhook:receive")
                .step("map", "weft/mapper:map")
                .step("out", "weft/http:request", Map.of("body", Map.of("first", "elasticio.hook.body.n")))
                .edge("hook", "map")
                .edge("map", "out"));

        assertThat(plan.step("hook").carried()).isTrue();
        assertThat(plan.step("map").carried()).isFalse();
        assertThat(plan.step("out").carried()).isFalse();
    }

    @Test
    void carriesAllInFrontOfCodeAndNothingBehindADisabledPassthrough() {
        var flow = line().step("code", "weft/code:execute").edge("out", "code");

        assertThat(plan(flow).steps().values())
                .filteredOn(PlannedStep::carried)
                .extracting(PlannedStep::id)
                .containsExactly("hook", "map", "out");
        assertThat(plan(flow.passthroughDisabled("map")).step("map").carried()).isFalse();
    }

    @Test
    void saysWhichPartCanNotBeMadeReady() {
        assertThatThrownBy(() -> plan(line().step("odd", "weft/odd:do").edge("out", "odd")))
                .hasMessageContaining("odd");
        assertThatThrownBy(() -> plan(line().step("more", "weft/mapper:map").edge("out", "more", null, "(((")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("out>more");
    }
}
