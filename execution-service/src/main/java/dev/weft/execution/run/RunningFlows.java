package dev.weft.execution.run;

import dev.weft.execution.plan.Plan;
import dev.weft.execution.plan.Planner;
import dev.weft.execution.retry.RunningVersions;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** The version in force of flows that take messages. */
@Service
public class RunningFlows implements RunningVersions {

    private final FlowRuns runs;
    private final Definitions definitions;
    private final Planner planner;

    RunningFlows(FlowRuns runs, Definitions definitions, Planner planner) {
        this.runs = runs;
        this.definitions = definitions;
        this.planner = planner;
    }

    @Override
    public Optional<Plan> plan(String flowId) {
        return runs.find(flowId).filter(run -> run.state().isOpen()).map(run -> {
            var spec = Objects.requireNonNull(run.current());
            return planner.plan(definitions.read(spec.definition()), spec.id());
        });
    }
}
