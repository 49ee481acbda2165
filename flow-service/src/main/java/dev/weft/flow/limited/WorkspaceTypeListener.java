package dev.weft.flow.limited;

import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.Fact;
import dev.weft.common.event.FactHandler;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Hears which workspaces are limited; a version that is not newer than the known one changes nothing. */
@Configuration(proxyBeanMethods = false)
class WorkspaceTypeListener {

    @Bean
    FactHandler typesOfNewWorkspaces(WorkspaceTypes types) {
        // Older than any change, whose version counts from that of the creation: the first one has the same number.
        return new FactHandler(Fact.WORKSPACE_CREATED, created -> note(types, created, 0));
    }

    @Bean
    FactHandler typesOfChangedWorkspaces(WorkspaceTypes types) {
        return new FactHandler(Fact.WORKSPACE_UPDATED, updated -> note(types, updated, updated.version()));
    }

    private static void note(WorkspaceTypes types, DomainEvent workspace, long version) {
        types.note(workspace.subjectId(), "limited".equals(workspace.payload().get("type")), version);
    }
}
