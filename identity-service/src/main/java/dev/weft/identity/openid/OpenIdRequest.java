package dev.weft.identity.openid;

import dev.weft.common.jsonapi.RequestDocument;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The document of a new foreign identity (api-v2 4.5). */
final class OpenIdRequest {

    private static final int LONGEST_ISSUER = 2_048;
    /** Source: OpenID Connect Core 2, {@code sub}. */
    private static final int LONGEST_SUBJECT = 255;

    private final @Nullable JsonNode body;

    OpenIdRequest(@Nullable JsonNode body) {
        this.body = body;
    }

    /** {@code exists} tells whether an id is taken. */
    SentOpenIdIdentity creation(Predicate<String> exists) {
        var fields =
                RequestDocument.of(body, OpenIdResource.TYPE).withoutId(exists).fields();
        fields.require("iss");
        var issuer =
                fields.text("iss", 1, LONGEST_ISSUER, OpenIdRequest::faultOf).orElse("");
        var sent = new SentOpenIdIdentity(issuer, fields.requiredText("sub", 1, LONGEST_SUBJECT));
        fields.orThrow();
        return sent;
    }

    private static Optional<String> faultOf(String issuer) {
        return isUrl(issuer) ? Optional.empty() : Optional.of("iss must be a URL with a host, of https or http.");
    }

    private static boolean isUrl(String text) {
        try {
            var url = new URI(text);
            return url.getHost() != null && ("https".equals(url.getScheme()) || "http".equals(url.getScheme()));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
