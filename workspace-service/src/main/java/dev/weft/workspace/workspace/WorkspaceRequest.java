package dev.weft.workspace.workspace;

import static dev.weft.common.access.Permission.WORKSPACES_WORKSPACE_EDIT;
import static dev.weft.common.access.Permission.WORKSPACES_WORKSPACE_EDIT_TYPE;

import dev.weft.common.access.Permission;
import dev.weft.common.jsonapi.Fields;
import dev.weft.common.jsonapi.RequestDocument;
import dev.weft.workspace.contract.EntityName;
import dev.weft.workspace.workspacerecord.WorkspaceChange;
import dev.weft.workspace.workspacerecord.WorkspaceType;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The document of a request about a workspace, read in the order of api-v2 1.3: scope and permissions before values. */
final class WorkspaceRequest {

    static final String CONTRACT = "/data/relationships/contract";

    private final @Nullable JsonNode body;

    WorkspaceRequest(@Nullable JsonNode body) {
        this.body = body;
    }

    String contractId() {
        return RequestDocument.scopeOf(body, "contract");
    }

    /** The type has a permission of its own; a request needs all of those it touches. */
    Set<Permission> permissions() {
        var needed = EnumSet.noneOf(Permission.class);
        var type = has("type");
        if (!type || has("name") || has("flow_stats_enabled_default")) {
            needed.add(WORKSPACES_WORKSPACE_EDIT);
        }
        if (type) {
            needed.add(WORKSPACES_WORKSPACE_EDIT_TYPE);
        }
        return needed;
    }

    /** A new workspace; its type is not the client's to choose. {@code exists} tells whether an id is taken. */
    WorkspaceChange creation(Predicate<String> exists) {
        var document = RequestDocument.of(body, "workspace").withoutId(exists);
        document.related("contract", "contract");
        var fields = document.fields();
        var change = new WorkspaceChange(EntityName.required(fields), null, stats(fields));
        fields.orThrow();
        return change;
    }

    WorkspaceChange change(String id) {
        var fields = RequestDocument.of(body, "workspace").forId(id, false).fields();
        var change = new WorkspaceChange(
                EntityName.optional(fields),
                fields.word("type", WorkspaceType.WORDS).map(WorkspaceType::of).orElse(null),
                stats(fields));
        fields.orThrow();
        return change;
    }

    private static @Nullable Boolean stats(Fields fields) {
        return fields.flag("flow_stats_enabled_default").orElse(null);
    }

    private boolean has(String attribute) {
        return body != null && body.path("data").path("attributes").has(attribute);
    }
}
