package dev.weft.execution.usage;

import dev.weft.execution.deployment.Deployment;
import dev.weft.execution.deployment.Deployment.Owner;
import dev.weft.execution.deployment.Deployments;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Whose flows are. */
@Service
class UsageOwners {

    private final Deployments runs;

    UsageOwners(Deployments runs) {
        this.runs = runs;
    }

    /** Empty for a flow that is deleted. */
    Optional<Owner> of(String flowId) {
        return runs.find(flowId)
                .filter(run -> run.state() != Deployment.State.DELETING && run.state() != Deployment.State.DELETED)
                .map(Deployment::owner);
    }
}
