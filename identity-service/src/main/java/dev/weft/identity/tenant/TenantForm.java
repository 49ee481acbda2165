package dev.weft.identity.tenant;

import dev.weft.common.id.Ids;
import dev.weft.common.jsonapi.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** Reads the attributes of a tenant from a document; faults are collected in its {@link Fields}. */
final class TenantForm {

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
            "assets",
            "static",
            "health");

    private static final List<String> TEXTS = List.of(
            "api_domain",
            "webhooks_domain",
            "header_logo_url",
            "favicon_url",
            "docs_base_url",
            "component_docs_base_url",
            "logout_redirect_url");

    private final ObjectNode attributes;
    private final Fields fields;

    TenantForm(ObjectNode attributes, Fields fields) {
        this.attributes = attributes;
        this.fields = fields;
    }

    String code() {
        var code = fields.requiredText("code", 1, 50);
        if (!code.isEmpty() && (!CODE.matcher(code).matches() || RESERVED.contains(code))) {
            fields.problem(
                    "code", "code must be 3 to 50 lower-case letters, digits and hyphens, and no reserved word.");
        }
        return code;
    }

    String name() {
        return fields.requiredText("name", 1, 255);
    }

    String appDomain() {
        return fields.requiredText("app_domain", 1, 253);
    }

    String emailFrom() {
        return fields.requiredText("mandrill_email_from", 3, 254);
    }

    /** The settings that were sent, on top of those there are. */
    Map<String, Object> settings(Map<String, Object> present) {
        var settings = new LinkedHashMap<>(present);
        TEXTS.forEach(name -> fields.text(name, 0, 2048).ifPresent(text -> settings.put(name, text)));
        attributes.propertyNames().stream()
                .filter(name -> name.startsWith("hide_"))
                .sorted()
                .forEach(name -> fields.flag(name).ifPresent(flag -> settings.put(name, flag)));
        fields.flag("is_default").ifPresent(flag -> settings.put("is_default", flag));
        fields.flag("flow_stats_enabled_default").ifPresent(flag -> settings.put("flow_stats_enabled_default", flag));
        fields.word("default_workspace_type", Set.of("full", "limited"))
                .ifPresent(type -> settings.put("default_workspace_type", type));
        fields.texts("email_domains_blacklist")
                .ifPresent(domains -> settings.put(
                        "email_domains_blacklist",
                        domains.stream()
                                .map(domain -> domain.toLowerCase(Locale.ROOT))
                                .toList()));
        supportUser(settings);
        featureFlags(settings);
        emailTemplates(settings);
        return settings;
    }

    private void supportUser(Map<String, Object> settings) {
        fields.text("support_user_id", 1, 24).ifPresent(id -> {
            if (Ids.isEntity(id)) {
                settings.put("support_user_id", id);
            } else {
                fields.problem("support_user_id", "support_user_id must be an identifier.");
            }
        });
    }

    private void featureFlags(Map<String, Object> settings) {
        fields.object("feature_flags").ifPresent(sent -> {
            var flags = new LinkedHashMap<String, Object>();
            if (settings.get("feature_flags") instanceof Map<?, ?> present) {
                present.forEach((flag, value) -> flags.put(String.valueOf(flag), value));
            }
            sent.properties().stream()
                    .filter(entry -> FeatureFlags.isKnown(entry.getKey()))
                    .forEach(entry -> {
                        if (!entry.getValue().isBoolean()) {
                            fields.problem("feature_flags/" + entry.getKey(), "A feature flag is true or false.");
                        }
                        flags.put(entry.getKey(), entry.getValue().asBoolean(false));
                    });
            settings.put("feature_flags", flags);
        });
    }

    private void emailTemplates(Map<String, Object> settings) {
        fields.object("email_templates").ifPresent(sent -> {
            var templates = new LinkedHashMap<String, Object>();
            sent.properties().forEach(entry -> {
                if (!entry.getValue().isString()
                        || entry.getKey().contains(".")
                        || entry.getKey().startsWith("$")) {
                    fields.problem("email_templates", "email_templates maps plain names to texts.");
                } else {
                    templates.put(entry.getKey(), entry.getValue().stringValue());
                }
            });
            settings.put("email_templates", templates);
        });
    }
}
