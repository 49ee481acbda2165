package dev.weft.workspace.credentialfield;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * How a webhook recognises its callers: {@code {"type":"no_auth"}}, {@code {"type":"basic","username","password"}},
 * {@code {"type":"api_key","headerName","headerValue"}} or {@code {"type":"hmac","hmacSecret","headerName"?}}.
 */
final class WebhookAuth {

    /** Members that are shown to nobody who may not change them. */
    static final Set<String> SECRETS = Set.of("password", "headerValue", "hmacSecret");

    private static final Map<String, List<String>> REQUIRED = Map.of(
            "no_auth", List.of(),
            "basic", List.of("username", "password"),
            "api_key", List.of("headerName", "headerValue"),
            "hmac", List.of("hmacSecret"));

    private WebhookAuth() {}

    static Optional<String> faultOf(JsonNode value) {
        if (!value.isObject()) {
            return Optional.of("must be an object");
        }
        // No default type: with one, a misspelt member would leave the door of the webhook open.
        var required = REQUIRED.get(value.path("type").asString(""));
        if (required == null) {
            return Optional.of("must have a type: no_auth, basic, api_key or hmac");
        }
        for (var member : required) {
            if (!value.path(member).isString()
                    || value.path(member).stringValue().isEmpty()) {
                return Optional.of("must have a text " + member);
            }
        }
        var header = value.path("headerName");
        return header.isMissingNode() || header.isString()
                ? Optional.empty()
                : Optional.of("must have a text as headerName");
    }
}
