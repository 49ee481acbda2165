package dev.weft.workspace.credential;

import dev.weft.common.jsonapi.RequestDocument;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.workspace.credentialfield.CredentialKeys;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The document of a request about a credential, read in the order of api-v2 1.3: the workspace before the rest. */
final class CredentialRequest {

    private final @Nullable JsonNode body;

    CredentialRequest(@Nullable JsonNode body) {
        this.body = body;
    }

    String workspaceId() {
        return RequestDocument.scopeOf(body, "workspace");
    }

    /** A new credential. {@code exists} tells whether an id is taken. */
    CredentialWish creation(Predicate<String> exists) {
        var document = RequestDocument.of(body, "credential").withoutId(exists);
        document.related("workspace", "workspace");
        return read(document, document.requireRelated("component", "component"));
    }

    CredentialWish change(String id) {
        return read(RequestDocument.of(body, "credential").forId(id, true), Optional.empty());
    }

    /** Refuses nothing itself: only the use case knows what the keys must be like, and all faults are told together. */
    private static CredentialWish read(RequestDocument document, Optional<String> componentId) {
        var fields = document.fields();
        var name = fields.text("name", 1, 128);
        var keys = fields.kept("keys").map(CredentialKeys::new);
        // There is no way to make an agent, so none can be of this workspace.
        if (document.related("vpn_agent", "vpn-agent").isPresent()) {
            fields.faults()
                    .add(Problem.of(ProblemCode.VALIDATION_FAILED, "The workspace has no agent of this identifier.")
                            .atReference("vpn_agent"));
        }
        return new CredentialWish(componentId, name, keys, fields.faults());
    }
}
