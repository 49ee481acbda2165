package dev.weft.flow.limited;

import dev.weft.common.deletion.Deletions;
import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.Fact;
import dev.weft.common.event.FactHandler;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Hears which workspaces are limited; a version that is not newer than the known one changes nothing. */
@Configuration(proxyBeanMethods = false)
class WorkspaceTypeListener {

    @Bean
    FactHandler typesOfNewWorkspaces(WorkspaceTypes types, Deletions deletions) {
        // Older than any change, whose version counts from that of the creation: the first one has the same number.
        return new FactHandler(Fact.WORKSPACE_CREATED, created -> note(types, deletions, created, 0));
    }

    @Bean
    FactHandler typesOfChangedWorkspaces(WorkspaceTypes types, Deletions deletions) {
        return new FactHandler(Fact.WORKSPACE_UPDATED, updated -> note(types, deletions, updated, updated.version()));
    }

    private static void note(WorkspaceTypes types, Deletions deletions, DomainEvent workspace, long version) {
        types.note(workspace.subjectId(), "limited".equals(workspace.payload().get("type")), version);
        // Asked after it is noted: either this finds the deletion, or the look that follows it finds the note. A fact
        // that
        // comes long after the last look would leave a note for ever.
        if (deletions.hasBegun(workspace.subjectId())) {
            types.forget(workspace.subjectId());
        }
    }
}
