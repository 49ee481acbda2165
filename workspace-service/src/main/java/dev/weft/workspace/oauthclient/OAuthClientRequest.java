package dev.weft.workspace.oauthclient;

import dev.weft.common.crypto.Secret;
import dev.weft.common.jsonapi.RequestDocument;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The documents about OAuth clients (api-v2 12). */
final class OAuthClientRequest {

    private static final String CLIENT_ID = "client_id";
    private static final String CLIENT_SECRET = "client_secret";
    private static final int LONGEST = 2_048;

    private final @Nullable JsonNode body;

    OAuthClientRequest(@Nullable JsonNode body) {
        this.body = body;
    }

    /** {@code exists} tells whether an id is taken. */
    OAuthClientWish creation(Predicate<String> exists) {
        var document = RequestDocument.of(body, OAuthClientResource.TYPE).withoutId(exists);
        document.related("tenant", "tenant");
        var component = document.requireRelated("component", "component");
        document.fields().require(CLIENT_ID, CLIENT_SECRET);
        return read(document, component);
    }

    OAuthClientWish change(String id) {
        return read(RequestDocument.of(body, OAuthClientResource.TYPE).forId(id, false), Optional.empty());
    }

    private static OAuthClientWish read(RequestDocument document, Optional<String> component) {
        var fields = document.fields();
        return new OAuthClientWish(
                component,
                fields.text(CLIENT_ID, 1, LONGEST),
                fields.text(CLIENT_SECRET, 1, LONGEST).map(Secret::new),
                fields.faults());
    }
}
