package dev.weft.execution.deployment;

import dev.weft.execution.deployment.Deployment.Fate;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One start of one version.
 *
 * @param id         the run id, 32 hex
 * @param flowId     the flow that the version is of; its executions are named after it
 * @param definition JSON of a {@link dev.weft.execution.plan.FlowDefinition}, as flow-service sent it
 * @param queues     that are or will be declared for it; empty until their names are known
 * @param since      when it was made; of one that drains, when it was replaced
 * @param declared   when all its queues were there; null before
 * @param next       a definition that shall follow, JSON; with state UPDATING
 * @param loss       what the broker lost of its queues, while executions may miss messages for it
 */
public record DeploymentRun(
        String id,
        String flowId,
        String definition,
        List<String> queues,
        List<String> credentials,
        Instant since,
        @Nullable Instant declared,
        @Nullable String next,
        Fate fate,
        @Nullable Loss loss) {

    /** None of its queues is named yet. */
    public static DeploymentRun fresh(String id, String flowId, String definition, Instant now) {
        return new DeploymentRun(id, flowId, definition, List.of(), List.of(), now, null, null, Fate.SERVED, null);
    }

    public DeploymentRun named(List<String> names, List<String> credentialIds) {
        return new DeploymentRun(id, flowId, definition, names, credentialIds, since, declared, next, fate, loss);
    }

    public DeploymentRun declared(@Nullable Instant now) {
        return new DeploymentRun(id, flowId, definition, queues, credentials, since, now, next, fate, loss);
    }

    public DeploymentRun followedBy(@Nullable String newer) {
        return new DeploymentRun(id, flowId, definition, queues, credentials, since, declared, newer, fate, loss);
    }

    public DeploymentRun replaced(Instant now) {
        return new DeploymentRun(id, flowId, definition, queues, credentials, now, declared, null, fate, loss);
    }

    public DeploymentRun to(Fate newFate) {
        return new DeploymentRun(id, flowId, definition, queues, credentials, since, declared, next, newFate, loss);
    }

    /** Also what was lost before stays in it, until nothing is missed any more. */
    public DeploymentRun losing(List<String> names, Instant now) {
        var before = loss == null ? List.<String>of() : loss.queues();
        var all = Stream.concat(before.stream(), names.stream()).distinct().toList();
        var lost = new Loss(all, now);
        return new DeploymentRun(id, flowId, definition, queues, credentials, since, declared, next, fate, lost);
    }

    public DeploymentRun withoutLoss() {
        return new DeploymentRun(id, flowId, definition, queues, credentials, since, declared, next, fate, null);
    }

    DeploymentRun orIts(DeploymentRun changed) {
        return id.equals(changed.id) ? changed : this;
    }

    boolean isServed() {
        return fate == Fate.SERVED;
    }

    /**
     * Queues that the broker no longer had, and with them the messages in them.
     *
     * @param at when their loss was seen last
     */
    public record Loss(List<String> queues, Instant at) {}
}
