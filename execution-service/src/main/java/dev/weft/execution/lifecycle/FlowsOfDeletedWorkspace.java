package dev.weft.execution.lifecycle;

import dev.weft.common.deletion.Deletion;
import dev.weft.common.deletion.DeletionParticipant;
import dev.weft.common.deletion.DeletionScope;
import dev.weft.common.deletion.Deletions;
import dev.weft.common.deletion.Remainder;
import dev.weft.common.event.DomainEvent;
import dev.weft.common.messaging.ConfirmedPublisher;
import dev.weft.execution.deployment.Deployment;
import dev.weft.execution.deployment.Deployment.Owner;
import dev.weft.execution.deployment.Deployment.State;
import dev.weft.execution.deployment.DeploymentFacts;
import dev.weft.execution.deployment.Deployments;
import java.time.Clock;
import java.util.Objects;
import org.springframework.stereotype.Service;

/**
 * Ends the flows of a deleted workspace with all that is kept of them, also those whose own deletion flow-service has not
 * commanded yet. While an ended run may still write records, its flow is kept, so that those are found and removed.
 */
@Service
class FlowsOfDeletedWorkspace implements DeletionParticipant {

    private final Deployments deployments;
    private final FlowWishes wishes;
    private final DeploymentFacts facts;
    private final ConfirmedPublisher publisher;
    private final Deletions deletions;
    private final Clock clock;

    FlowsOfDeletedWorkspace(
            Deployments deployments,
            FlowWishes wishes,
            DeploymentFacts facts,
            ConfirmedPublisher publisher,
            Deletions deletions,
            Clock clock) {
        this.deployments = deployments;
        this.wishes = wishes;
        this.facts = facts;
        this.publisher = publisher;
        this.deletions = deletions;
        this.clock = clock;
    }

    @Override
    public DeletionScope scope() {
        return DeletionScope.WORKSPACE;
    }

    @Override
    public Remainder clear(Deletion workspace) {
        deployments.forgetEnded(workspace.id());
        var left = Remainder.NOTHING;
        for (var flow : deployments.ofWorkspace(workspace.id())) {
            var state = deployments.find(flow).map(Deployment::state).orElse(State.DELETED);
            if (!state.isLast()) {
                wishes.end(flow);
            }
            left = left.and(state == State.DELETED ? Remainder.TRACES : Remainder.SOMETHING);
        }
        return left;
    }

    /**
     * Whether a command is about a flow of which nothing is known and whose workspace is gone. Then it is answered here:
     * carried out it would leave a record that nobody removes.
     */
    boolean isOver(DomainEvent command) {
        var workspace = command.workspaceId();
        if (workspace == null || deployments.find(command.subjectId()).isPresent() || !deletions.hasBegun(workspace)) {
            return false;
        }
        var owner = new Owner(
                command.subjectId(),
                Objects.requireNonNullElse(command.tenantId(), ""),
                Objects.requireNonNullElse(command.contractId(), ""),
                workspace);
        var now = clock.instant();
        publisher.publish(facts.stateChanged(
                Deployment.fresh(owner, now).to(State.DELETED, now).heard(command.version())));
        return true;
    }
}
