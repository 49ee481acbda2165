package dev.weft.registry.team;

import dev.weft.common.crypto.Secret;
import dev.weft.common.id.Ids;
import dev.weft.common.jsonapi.Fields;
import dev.weft.common.jsonapi.RequestDocument;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.registry.teamrecord.DockerRegistryChange;
import dev.weft.registry.teamrecord.TeamChange;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The document of a request about a team (api-v2 7.1): {@code name}, {@code docker_registry} {@code {uri, credentials}}. */
final class TeamRequest {

    private static final String TYPE = "team";
    private static final String REGISTRY = "docker_registry";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{3,64}");
    private static final int MAX_CREDENTIALS = 16 * 1024;
    private static final Pattern URI = Pattern.compile("\\S{1,2048}");

    private final @Nullable JsonNode body;

    TeamRequest(@Nullable JsonNode body) {
        this.body = body;
    }

    String contractId() {
        return RequestDocument.scopeOf(body, "contract");
    }

    /** A new team; the type may be missing. {@code exists} tells whether an id is taken. */
    TeamChange creation(Predicate<String> exists) {
        var document = RequestDocument.untyped(body, TYPE).withoutId(exists);
        document.related("contract", "contract");
        return read(document);
    }

    TeamChange change(String id) {
        return read(RequestDocument.of(body, TYPE).forId(id, true));
    }

    /** The user named by {@code {"data":{"type":"user","id"}}}. */
    String userId() {
        var document = RequestDocument.of(body, "user");
        var id = document.id().filter(Ids::isEntity);
        if (id.isEmpty()) {
            throw Problem.of(ProblemCode.VALIDATION_FAILED, "id must be the identifier of a user.")
                    .atId()
                    .exception();
        }
        document.fields().orThrow();
        return id.get();
    }

    private static TeamChange read(RequestDocument document) {
        var fields = document.fields();
        var change = new TeamChange(name(fields), registry(fields));
        fields.orThrow();
        return change;
    }

    private static @Nullable String name(Fields fields) {
        var name = fields.text("name", 3, 64).orElse(null);
        if (name != null && !NAME.matcher(name).matches()) {
            fields.problem("name", "name may have letters, digits, - and _ only.");
        }
        return name;
    }

    private static @Nullable DockerRegistryChange registry(Fields fields) {
        return fields.node(REGISTRY).isNull()
                ? DockerRegistryChange.none()
                : fields.fields(REGISTRY).map(TeamRequest::registryOf).orElse(null);
    }

    private static boolean isTooLong(ObjectNode credentials) {
        // Measured in bytes, since that is what the record grows by.
        return credentials.toString().getBytes(StandardCharsets.UTF_8).length > MAX_CREDENTIALS;
    }

    private static DockerRegistryChange registryOf(Fields sent) {
        var uri = sent.requiredText("uri", 1, 2048);
        if (!uri.isEmpty() && !URI.matcher(uri).matches()) {
            sent.problem("uri", "uri must be an address without spaces.");
        }
        // null removes the credentials; if they are not sent they stay, as long as the address stays
        // (DockerRegistryChange).
        Optional<ObjectNode> credentials =
                sent.node("credentials").isNull() ? Optional.empty() : sent.kept("credentials");
        if (credentials.filter(TeamRequest::isTooLong).isPresent()) {
            sent.problem("credentials", "credentials may have " + MAX_CREDENTIALS + " bytes.");
        }
        return new DockerRegistryChange(
                uri,
                sent.has("credentials"),
                credentials.map(object -> new Secret(object.toString())).orElse(null));
    }
}
