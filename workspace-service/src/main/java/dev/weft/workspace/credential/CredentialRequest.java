package dev.weft.workspace.credential;

import dev.weft.common.jsonapi.RequestDocument;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The document of a request about a credential, read in the order of api-v2 1.3: the workspace before the rest. */
final class CredentialRequest {

    static final String COMPONENT = "/data/relationships/component";
    static final String WORKSPACE = "/data/relationships/workspace";

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
        return new CredentialWish(document);
    }

    CredentialWish change(String id) {
        return new CredentialWish(RequestDocument.of(body, "credential").forId(id, true));
    }
}
