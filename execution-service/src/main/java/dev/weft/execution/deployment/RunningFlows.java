package dev.weft.execution.deployment;

import dev.weft.execution.errorinbox.RunningVersions;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.plan.Planner;
import dev.weft.execution.worker.KeptRuns;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Finds the version in force of a flow that takes messages. */
@Service
public class RunningFlows implements RunningVersions, KeptRuns {

    private final Deployments deployments;
    private final Definitions definitions;
    private final Planner planner;

    RunningFlows(Deployments deployments, Definitions definitions, Planner planner) {
        this.deployments = deployments;
        this.definitions = definitions;
        this.planner = planner;
    }

    @Override
    public Optional<Plan> find(String flowId, String runId) {
        return deployments
                .find(flowId)
                .flatMap(deployment -> deployment.kept(runId))
                .map(this::plan);
    }

    @Override
    public Optional<Plan> lasting(String flowId) {
        return deployments
                .find(flowId)
                .filter(deployment ->
                        deployment.state().isLasting() && !deployment.inForce().isEmpty())
                .map(deployment -> plan(deployment.current()));
    }

    @Override
    public Optional<Plan> plan(String flowId) {
        return deployments
                .find(flowId)
                .filter(deployment -> deployment.state().isOpen())
                .map(deployment -> plan(deployment.current()));
    }

    private Plan plan(DeploymentRun spec) {
        return planner.plan(definitions.read(spec.definition()), spec.id());
    }
}
