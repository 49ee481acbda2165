package dev.weft.execution.takedown;

import dev.weft.execution.deployment.Definitions;
import dev.weft.execution.deployment.Deployment;
import dev.weft.execution.deployment.Deployment.Straggler;
import dev.weft.execution.deployment.DeploymentRun;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.plan.Planner;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Notes runs that ended while messages were in work. Such a message may still write a record, which sets its canceled
 * execution running again; the sweeper of flows cancels those executions until no message of the run can be in work any
 * more.
 */
@Service
public class EndedRuns {

    private static final Logger log = LoggerFactory.getLogger(EndedRuns.class);
    /** Beyond what the steps of a version may take: to end, and to write what came of it. */
    private static final Duration MARGIN = Duration.ofMinutes(2);

    private final Definitions definitions;
    private final Planner planner;
    private final Clock clock;

    public EndedRuns(Definitions definitions, Planner planner, Clock clock) {
        this.definitions = definitions;
        this.planner = planner;
        this.clock = clock;
    }

    /** The deployment with those of its runs noted. */
    public Deployment straggling(Deployment deployment, List<DeploymentRun> runs) {
        var until = clock.instant().plus(longest(runs)).plus(MARGIN);
        var ended = runs.stream().map(run -> new Straggler(run.id(), run.flowId(), until));
        return deployment.stragglers(
                Stream.concat(deployment.stragglers().stream(), ended).toList());
    }

    /** How long one delivery of theirs may be in work at most. */
    private Duration longest(List<DeploymentRun> runs) {
        return runs.stream()
                .flatMap(this::tryPlan)
                .map(Plan::longest)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private Stream<Plan> tryPlan(DeploymentRun run) {
        try {
            return Stream.of(planner.plan(definitions.read(run.definition()), run.id()));
        } catch (IllegalArgumentException e) {
            log.debug("Run {} can not be planned, so nothing of it is in work here: {}", run.id(), e.getMessage());
            return Stream.empty();
        }
    }
}
