package dev.weft.workspace.contract;

import static dev.weft.common.access.Permission.CONTRACTS_CONTRACT_EDIT;
import static dev.weft.common.access.Permission.CONTRACTS_CONTRACT_EDIT_AVAILABLE_ROLES;
import static dev.weft.common.access.Permission.CONTRACTS_CONTRACT_EDIT_CUSTOM_DATA;

import dev.weft.common.access.Permission;
import dev.weft.common.id.Ids;
import dev.weft.common.jsonapi.Fields;
import dev.weft.common.jsonapi.RequestDocument;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.workspace.contractrecord.ContractChange;
import dev.weft.workspace.permission.RoleName;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Optional;
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

    /** The tenant that the request names; empty when it names none. */
    Optional<String> tenant() {
        var tenant = member("relationships").path("tenant");
        return tenant.isMissingNode() ? Optional.empty() : Optional.of(RequestDocument.scopeOf(body, "tenant"));
    }

    /** The tenant, from a caller who has none: 400 without. */
    String requiredTenant() {
        return RequestDocument.scopeOf(body, "tenant");
    }

    /** What a change needs: each attribute has its permission, and a request needs all of those it touches. */
    Set<Permission> permissions() {
        var attributes = member("attributes");
        var needed = EnumSet.noneOf(Permission.class);
        if (attributes.has("available_roles") || attributes.has("support_user_id")) {
            needed.add(CONTRACTS_CONTRACT_EDIT_AVAILABLE_ROLES);
        }
        if (attributes.has("custom_data")) {
            needed.add(CONTRACTS_CONTRACT_EDIT_CUSTOM_DATA);
        }
        if (needed.isEmpty() || attributes.has("name") || attributes.has("flow_stats_enabled_default")) {
            needed.add(CONTRACTS_CONTRACT_EDIT);
        }
        return needed;
    }

    /** A new contract. {@code exists} tells whether an id is taken; {@code inPolicy} which roles the tenant has. */
    ContractChange creation(Predicate<String> exists, Set<RoleName> inPolicy) {
        var document = RequestDocument.of(body, "contract").withoutId(exists);
        document.related("tenant", "tenant");
        return read(document.fields(), true, inPolicy);
    }

    ContractChange change(String id, Set<RoleName> inPolicy) {
        var document = RequestDocument.of(body, "contract").forId(id, false);
        return read(document.fields(), false, inPolicy);
    }

    private static ContractChange read(Fields fields, boolean named, Set<RoleName> inPolicy) {
        var change = new ContractChange(
                named ? EntityName.required(fields) : EntityName.optional(fields),
                AvailableRoles.read(fields, inPolicy),
                fields.flag("flow_stats_enabled_default").orElse(null),
                userId(fields),
                customData(fields));
        fields.orThrow();
        return change;
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
                    .at("/data/attributes/custom_data")
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
