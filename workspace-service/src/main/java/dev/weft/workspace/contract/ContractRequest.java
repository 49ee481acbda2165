package dev.weft.workspace.contract;

import dev.weft.common.access.Caller;
import dev.weft.common.id.Ids;
import dev.weft.common.jsonapi.Fields;
import dev.weft.common.jsonapi.RequestDocument;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.workspace.contractrecord.ContractChange;
import dev.weft.workspace.permission.RoleName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The document of a request about a contract, read in the order of api-v2 1.3: scope and permissions before values. */
final class ContractRequest {

    private static final int LARGEST_CUSTOM_DATA = 1024 * 1024;

    private final @Nullable JsonNode body;

    ContractRequest(@Nullable JsonNode body) {
        this.body = body;
    }

    /** The tenant that the request names, else the caller's own; who has none must name one. */
    String tenant(Caller caller) {
        var own = caller.tenantId();
        return own == null || member("relationships").has("tenant") ? RequestDocument.scopeOf(body, "tenant") : own;
    }

    /** The names of the attributes that the request has, whatever they say. */
    Set<String> attributes() {
        return Set.copyOf(member("attributes").propertyNames());
    }

    /** A new contract. {@code exists} tells whether an id is taken. */
    ContractChange creation(Predicate<String> exists) {
        var document = RequestDocument.of(body, "contract").withoutId(exists);
        document.related("tenant", "tenant");
        var fields = document.fields();
        fields.require("name");
        return read(fields);
    }

    ContractChange change(String id) {
        return read(RequestDocument.of(body, "contract").forId(id, false).fields());
    }

    private static ContractChange read(Fields fields) {
        return new ContractChange(
                fields.text("name", EntityName.SHORTEST, EntityName.LONGEST, EntityName::faultOf)
                        .orElse(null),
                roles(fields),
                fields.flag("flow_stats_enabled_default").orElse(null),
                userId(fields),
                customData(fields),
                fields.faults());
    }

    /** {@code [{"scope": "contracts", "role": "admin"}]}; null when the request says nothing of them. */
    private static @Nullable List<RoleName> roles(Fields fields) {
        if (!fields.has("available_roles")) {
            return null;
        }
        var sent = fields.node("available_roles");
        if (!sent.isArray()) {
            fields.problem("available_roles", "available_roles must be a list of {scope, role}.");
            return null;
        }
        var roles = new ArrayList<RoleName>();
        for (var role : sent) {
            roles.add(new RoleName(
                    role.path("scope").asString(""), role.path("role").asString("")));
        }
        return roles;
    }

    private static @Nullable String userId(Fields fields) {
        var id = fields.text("support_user_id", 1, 100).orElse(null);
        if (id != null && !Ids.isEntity(id)) {
            fields.problem("support_user_id", "support_user_id must be the identifier of a user.");
            return null;
        }
        return id;
    }

    private static @Nullable String customData(Fields fields) {
        var data = fields.kept("custom_data").map(Object::toString).orElse(null);
        if (data != null && data.getBytes(StandardCharsets.UTF_8).length > LARGEST_CUSTOM_DATA) {
            throw Problem.of(ProblemCode.PAYLOAD_TOO_LARGE, "custom_data may have 1 MiB.")
                    .at("custom_data")
                    .exception();
        }
        return data;
    }

    private JsonNode member(String name) {
        return body == null
                ? tools.jackson.databind.node.MissingNode.getInstance()
                : body.path("data").path(name);
    }
}
