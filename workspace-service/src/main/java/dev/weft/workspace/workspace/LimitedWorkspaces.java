package dev.weft.workspace.workspace;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;

import dev.weft.common.duty.Duty;
import dev.weft.common.messaging.ConfirmedPublisher;
import dev.weft.workspace.workspacerecord.WorkspaceRepository;
import dev.weft.workspace.workspacerecord.WorkspaceType;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Service;

/**
 * Tells again which workspaces are limited, under the revision that they have: a release of flow-service that did not keep
 * types may have heard it, and would let their flows run for ever.
 */
@Service
class LimitedWorkspaces {

    private static final int AT_ONCE = 500;

    private final WorkspaceRepository workspaces;
    private final WorkspaceFacts facts;
    private final ConfirmedPublisher publisher;

    LimitedWorkspaces(WorkspaceRepository workspaces, WorkspaceFacts facts, ConfirmedPublisher publisher) {
        this.workspaces = workspaces;
        this.facts = facts;
        this.publisher = publisher;
    }

    @Bean
    Duty limitedWorkspacesDuty() {
        return Duty.ofService("limited-workspaces", ofHours(1), this::sweep)
                .first(ofMinutes(1))
                .within(ofMinutes(10));
    }

    void sweep() {
        var last = "";
        for (var some = workspaces.ofType(WorkspaceType.LIMITED, last, AT_ONCE);
                !some.isEmpty();
                some = workspaces.ofType(WorkspaceType.LIMITED, last, AT_ONCE)) {
            for (var id : some) {
                workspaces.find(id).ifPresent(workspace -> publisher.publish(facts.still(workspace)));
            }
            last = some.getLast();
        }
    }
}
