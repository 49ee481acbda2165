package dev.weft.execution.deployment;

import dev.weft.execution.deployment.Deployment.Fate;
import dev.weft.execution.deployment.Deployment.State;
import java.time.Clock;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/**
 * Notes queues that were declared for a run that nobody wants any more: a newer wish came during the declaration, or
 * the next holder of the lease has already taken the run down. Without the note nobody would delete them.
 */
@Service
public class LateQueues {

    private final Deployments deployments;
    private final Clock clock;

    public LateQueues(Deployments deployments, Clock clock) {
        this.deployments = deployments;
        this.clock = clock;
    }

    /**
     * To be called when a declaration has ended in any way, but for one that was noted in the document. A run that is
     * wanted stays as it is. Of another one, the age of its queues counts from now; it is named again if it was taken out.
     */
    public void note(String ownerId, DeploymentRun run) {
        // A thread that has lost the lease is interrupted, and must write this nevertheless.
        var interrupted = Thread.interrupted();
        try {
            var isNoted = false;
            while (!isNoted) {
                var found = deployments.find(ownerId).filter(stored -> !isWanted(stored, run));
                isNoted = found.isEmpty() || deployments.save(late(found.get(), run));
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean isWanted(Deployment deployment, DeploymentRun run) {
        var ends = deployment.state() == State.STOPPING || deployment.state().isLast();
        var wanted = Stream.of(
                deployment.inForce().stream(),
                Stream.ofNullable(deployment.coming()),
                deployment.draining().stream().filter(old -> old.fate() != Fate.GIVEN_UP));
        return !ends
                && wanted.flatMap(runs -> runs).anyMatch(known -> known.id().equals(run.id()));
    }

    private Deployment late(Deployment deployment, DeploymentRun run) {
        var now = clock.instant();
        return deployment.named().stream()
                .filter(named -> named.id().equals(run.id()))
                .findFirst()
                .map(named -> deployment.with(named.declared(now)))
                .orElseGet(() -> deployment.alsoDraining(run.declared(now).to(Fate.GIVEN_UP)));
    }
}
