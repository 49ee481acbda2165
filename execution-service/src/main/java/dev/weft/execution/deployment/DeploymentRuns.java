package dev.weft.execution.deployment;

import dev.weft.execution.deployment.Deployment.Fate;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The runs of one owner. Queues are named after the run, so those of several versions do not meet.
 *
 * @param inForce  the run that takes new messages, or will when the owner is active; a flow has one at most
 * @param coming   the run that follows it as soon as its queues are ready
 * @param draining runs that take no new messages but end what is queued, and those that were given up, while the broker
 *                 may have queues of them
 */
public record DeploymentRuns(
        List<DeploymentRun> inForce, @Nullable DeploymentRun coming, List<DeploymentRun> draining) {

    static final DeploymentRuns NONE = new DeploymentRuns(List.of(), null, List.of());

    public DeploymentRuns {
        inForce = List.copyOf(inForce);
        draining = List.copyOf(draining);
    }

    DeploymentRuns with(DeploymentRun changed) {
        return new DeploymentRuns(
                inForce.stream().map(run -> run.orIts(changed)).toList(),
                coming == null ? null : coming.orIts(changed),
                draining.stream().map(run -> run.orIts(changed)).toList());
    }

    DeploymentRuns alsoInForce(DeploymentRun run) {
        return new DeploymentRuns(joined(inForce.stream(), Stream.of(run)), coming, draining);
    }

    DeploymentRuns coming(DeploymentRun run) {
        return new DeploymentRuns(inForce, run, draining);
    }

    /** It is one change, so that no queue is without a run that names it. Those without queues need not drain. */
    DeploymentRuns inForce(DeploymentRun run, List<DeploymentRun> replaced, Instant now) {
        var stays = inForce.stream().filter(old -> !replaced.contains(old));
        var drains = inForce.stream()
                .filter(old -> replaced.contains(old) && !old.queues().isEmpty())
                .map(old -> old.replaced(now));
        var next = run.equals(coming) ? null : coming;
        return new DeploymentRuns(joined(stays, Stream.of(run)), next, joined(draining.stream(), drains));
    }

    DeploymentRuns alsoDraining(DeploymentRun run) {
        return new DeploymentRuns(inForce, coming, joined(draining.stream(), Stream.of(run)));
    }

    DeploymentRuns draining(List<DeploymentRun> left) {
        return new DeploymentRuns(inForce, coming, left);
    }

    /** Of a run without queues nothing is left to be taken down. */
    DeploymentRuns withoutComing() {
        var left =
                Stream.ofNullable(coming).filter(run -> !run.queues().isEmpty()).map(run -> run.to(Fate.GIVEN_UP));
        return new DeploymentRuns(inForce, null, joined(draining.stream(), left));
    }

    DeploymentRuns givenUp() {
        var left = named().stream().map(run -> run.followedBy(null).to(Fate.GIVEN_UP));
        return new DeploymentRuns(List.of(), null, left.toList());
    }

    /** All of which there may be queues. */
    List<DeploymentRun> named() {
        return Stream.of(inForce.stream(), Stream.ofNullable(coming), draining.stream())
                .flatMap(runs -> runs)
                .filter(run -> !run.queues().isEmpty())
                .toList();
    }

    private static List<DeploymentRun> joined(Stream<DeploymentRun> some, Stream<DeploymentRun> more) {
        return Stream.concat(some, more).toList();
    }
}
