package dev.weft.execution.run;

import dev.weft.execution.plan.Plan;
import dev.weft.execution.plan.Planner;
import dev.weft.execution.retry.RunningVersions;
import dev.weft.execution.worker.KeptRuns;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** The version in force of flows that take messages. */
@Service
public class RunningFlows implements RunningVersions, KeptRuns {

    private final FlowRuns runs;
    private final Definitions definitions;
    private final Planner planner;

    RunningFlows(FlowRuns runs, Definitions definitions, Planner planner) {
        this.runs = runs;
        this.definitions = definitions;
        this.planner = planner;
    }

    @Override
    public Optional<Plan> find(String flowId, String runId) {
        return runs.find(flowId).flatMap(run -> run.kept(runId)).map(this::plan);
    }

    @Override
    public Optional<Plan> lasting(String flowId) {
        return runs.find(flowId)
                .filter(run -> run.state().isLasting() && run.current() != null)
                .map(run -> plan(Objects.requireNonNull(run.current())));
    }

    @Override
    public Optional<Plan> plan(String flowId) {
        return runs.find(flowId)
                .filter(run -> run.state().isOpen())
                .map(run -> plan(Objects.requireNonNull(run.current())));
    }

    private Plan plan(RunSpec spec) {
        return planner.plan(definitions.read(spec.definition()), spec.id());
    }
}
