package dev.weft.workspace.workspace;

import dev.weft.common.jsonapi.Fields;
import dev.weft.common.jsonapi.RequestDocument;
import dev.weft.workspace.contract.EntityName;
import dev.weft.workspace.workspacerecord.WorkspaceChange;
import dev.weft.workspace.workspacerecord.WorkspaceType;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The document of a request about a workspace, read in the order of api-v2 1.3: scope and permissions before values. */
final class WorkspaceRequest {

    private final @Nullable JsonNode body;

    WorkspaceRequest(@Nullable JsonNode body) {
        this.body = body;
    }

    String contractId() {
        return RequestDocument.scopeOf(body, "contract");
    }

    /** The names of the attributes that the request has, whatever they say. */
    Set<String> attributes() {
        return body == null
                ? Set.of()
                : Set.copyOf(body.path("data").path("attributes").propertyNames());
    }

    /** A new workspace; its type is not the client's to choose. {@code exists} tells whether an id is taken. */
    WorkspaceChange creation(Predicate<String> exists) {
        var document = RequestDocument.of(body, "workspace").withoutId(exists);
        document.related("contract", "contract");
        var fields = document.fields();
        fields.require("name");
        var change = new WorkspaceChange(name(fields), null, stats(fields));
        fields.orThrow();
        return change;
    }

    WorkspaceChange change(String id) {
        var fields = RequestDocument.of(body, "workspace").forId(id, false).fields();
        var change = new WorkspaceChange(
                name(fields),
                fields.word("type", WorkspaceType.WORDS).map(WorkspaceType::of).orElse(null),
                stats(fields));
        fields.orThrow();
        return change;
    }

    private static @Nullable String name(Fields fields) {
        return fields.text("name", EntityName.SHORTEST, EntityName.LONGEST, EntityName::faultOf)
                .orElse(null);
    }

    private static @Nullable Boolean stats(Fields fields) {
        return fields.flag("flow_stats_enabled_default").orElse(null);
    }
}
