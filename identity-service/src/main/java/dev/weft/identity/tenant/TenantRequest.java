package dev.weft.identity.tenant;

import dev.weft.common.jsonapi.Fields;
import dev.weft.common.jsonapi.RequestDocument;
import dev.weft.identity.tenantrecord.TenantChange;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The document of a request about a tenant (api-v2 4.1), read only after the caller's permission was checked. */
final class TenantRequest {

    private static final Pattern CODE = Pattern.compile("[a-z0-9][a-z0-9-]{2,49}");
    /** First path segments of the public address, which an account of the data family must not hide. */
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

    private static final int LONGEST_DOMAIN = 253;

    private final @Nullable JsonNode body;

    TenantRequest(@Nullable JsonNode body) {
        this.body = body;
    }

    /** {@code exists} tells whether an id is taken. */
    TenantChange creation(Predicate<String> exists) {
        var fields =
                RequestDocument.of(body, TenantResource.TYPE).withoutId(exists).fields();
        return new TenantChange(
                code(fields),
                name(fields),
                appDomain(fields),
                emailFrom(fields),
                new TenantSettingsForm(fields).read(),
                fields.faults());
    }

    TenantChange change(String id) {
        var fields =
                RequestDocument.of(body, TenantResource.TYPE).forId(id, true).fields();
        return new TenantChange(
                fields.has("code") ? code(fields) : null,
                fields.has("name") ? name(fields) : null,
                fields.has("app_domain") ? appDomain(fields) : null,
                fields.has("mandrill_email_from") ? emailFrom(fields) : null,
                new TenantSettingsForm(fields).read(),
                fields.faults());
    }

    private static String code(Fields fields) {
        var code = fields.requiredText("code", 1, 50);
        if (!code.isEmpty() && (!CODE.matcher(code).matches() || RESERVED.contains(code))) {
            fields.problem(
                    "code", "code must be 3 to 50 lower-case letters, digits and hyphens, and no reserved word.");
        }
        return code;
    }

    private static String name(Fields fields) {
        return fields.requiredText("name", 1, 255);
    }

    private static String appDomain(Fields fields) {
        return fields.requiredText("app_domain", 1, LONGEST_DOMAIN);
    }

    private static String emailFrom(Fields fields) {
        return fields.requiredText("mandrill_email_from", 3, 254);
    }
}
