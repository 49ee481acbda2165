package dev.weft.workspace.workspace;

import dev.weft.common.event.Fact;
import dev.weft.common.event.Outgoing;
import dev.weft.common.outbox.Outbox;
import dev.weft.workspace.permission.AccessAnnouncements;
import dev.weft.workspace.workspacerecord.Workspace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * What is told about workspaces: {@code workspace.created} and {@code workspace.updated} with payload
 * {@code {"name","type","flow_stats_enabled_default"?}}, and {@code workspace.deleting}.
 */
@Service
public final class WorkspaceFacts {

    private final Outbox outbox;
    private final AccessAnnouncements announcements;

    WorkspaceFacts(Outbox outbox, AccessAnnouncements announcements) {
        this.outbox = outbox;
        this.announcements = announcements;
    }

    public List<Outgoing> created(Workspace workspace, @Nullable String actorId) {
        return List.of(fact(Fact.WORKSPACE_CREATED, workspace, actorId, state(workspace)));
    }

    /** How it is at its revision, for who has not heard it: who has, drops it. */
    Outgoing still(Workspace workspace) {
        var place = new Outbox.Place(workspace.tenantId(), workspace.contractId(), workspace.id());
        return outbox.event(
                Fact.WORKSPACE_UPDATED, workspace.revision(), place, workspace.id(), null, state(workspace));
    }

    List<Outgoing> updated(Workspace workspace, String actorId) {
        return List.of(fact(Fact.WORKSPACE_UPDATED, workspace, actorId, state(workspace)));
    }

    /** With the announcement that grants in it, which others remember, do not hold any more. */
    public List<Outgoing> deleting(Workspace workspace, @Nullable String actorId) {
        return List.of(
                announcements.changed(workspace.tenantId()),
                fact(Fact.WORKSPACE_DELETING, workspace, actorId, Map.of()));
    }

    private Outgoing fact(Fact fact, Workspace workspace, @Nullable String actorId, Map<String, Object> payload) {
        var place = new Outbox.Place(workspace.tenantId(), workspace.contractId(), workspace.id());
        return outbox.event(fact, workspace.revision() + 1, place, workspace.id(), actorId, payload);
    }

    private static Map<String, Object> state(Workspace workspace) {
        var state = new LinkedHashMap<String, Object>();
        state.put("name", workspace.name());
        state.put("type", workspace.type().wire());
        if (workspace.flowStatsEnabledDefault() != null) {
            state.put("flow_stats_enabled_default", workspace.flowStatsEnabledDefault());
        }
        return state;
    }
}
