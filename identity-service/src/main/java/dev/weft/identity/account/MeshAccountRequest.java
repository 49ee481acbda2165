package dev.weft.identity.account;

import dev.weft.common.jsonapi.Fields;
import dev.weft.common.jsonapi.RequestDocument;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The documents about an account and its clients (api-v2 12a). */
final class MeshAccountRequest {

    private static final String NAME = "account_name";
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{2,49}");
    /** First segments of paths that are no account's. */
    private static final Set<String> RESERVED = Set.of(
            "api",
            "auth",
            "hook",
            "internal",
            "actuator",
            "files",
            "git",
            "console",
            "docs",
            "openapi",
            "assets",
            "static",
            "health");

    private final @Nullable JsonNode body;

    MeshAccountRequest(@Nullable JsonNode body) {
        this.body = body;
    }

    MeshAccountChange change(String tenantId) {
        var fields = RequestDocument.of(body, MeshAccountResource.TYPE)
                .forId(tenantId, false)
                .fields();
        var change = new MeshAccountChange(
                name(fields),
                fields.flag("anonymous_registration"),
                fields.flag("public_registration"),
                fields.word("verification", MeshAccount.VERIFICATIONS));
        fields.orThrow();
        return change;
    }

    private static Optional<String> name(Fields fields) {
        var name = fields.text(NAME, 1, 50).map(text -> text.toLowerCase(Locale.ROOT));
        name.filter(text -> !FORM.matcher(text).matches() || RESERVED.contains(text))
                .ifPresent(_ -> fields.problem(
                        NAME, NAME + " must be 3 to 50 letters, digits and hyphens, and no reserved word."));
        return name;
    }

    /** The name of a new client. {@code exists} tells whether an id is taken. */
    String client(Predicate<String> exists) {
        var fields = RequestDocument.of(body, MeshClientResource.TYPE)
                .withoutId(exists)
                .fields();
        var name = fields.requiredText("name", 1, 64);
        fields.orThrow();
        return name;
    }
}
