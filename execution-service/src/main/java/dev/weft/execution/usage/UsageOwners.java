package dev.weft.execution.usage;

import dev.weft.execution.deployment.Deployment.Owner;
import dev.weft.execution.deployment.Deployments;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Whose flows are. */
final class UsageOwners {

    private final Deployments runs;
    private final Predicate<String> isDeleted;

    /** @param isDeleted whether the workspace of that id is deleted, or about to be */
    UsageOwners(Deployments runs, Predicate<String> isDeleted) {
        this.runs = runs;
        this.isDeleted = isDeleted;
    }

    /** By flow; without those whose workspace is deleted. What a deleted flow has used stays. */
    Map<String, Owner> of(Set<String> flowIds) {
        var gone = new HashMap<String, Boolean>();
        return runs.owners(flowIds).stream()
                .filter(owner -> !gone.computeIfAbsent(owner.workspaceId(), isDeleted::test))
                .collect(Collectors.toMap(Owner::id, Function.identity()));
    }
}
