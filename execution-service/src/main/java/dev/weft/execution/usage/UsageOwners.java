package dev.weft.execution.usage;

import dev.weft.execution.deployment.Deployment;
import dev.weft.execution.deployment.Deployment.Owner;
import dev.weft.execution.deployment.Deployments;
import java.util.Optional;
import java.util.function.Predicate;

/** Whose flows are. */
final class UsageOwners {

    private final Deployments runs;
    private final Predicate<String> isDeleted;

    /** @param isDeleted whether the workspace of that id is deleted, or about to be */
    UsageOwners(Deployments runs, Predicate<String> isDeleted) {
        this.runs = runs;
        this.isDeleted = isDeleted;
    }

    /** Empty for a flow that is deleted, or whose workspace is. */
    Optional<Owner> of(String flowId) {
        return runs.find(flowId)
                .filter(run -> run.state() != Deployment.State.DELETING && run.state() != Deployment.State.DELETED)
                .map(Deployment::owner)
                .filter(owner -> !isDeleted.test(owner.workspaceId()));
    }
}
