package dev.weft.identity.tenant;

import dev.weft.common.id.Ids;
import dev.weft.common.jsonapi.Fields;
import dev.weft.identity.tenantrecord.Tenant;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the attributes of a tenant beside its names; faults are collected in its {@link Fields}. */
record TenantSettingsForm(Fields fields) {

    private static final List<String> TEXTS = List.of(
            "api_domain",
            "webhooks_domain",
            "header_logo_url",
            "favicon_url",
            "docs_base_url",
            "component_docs_base_url",
            "logout_redirect_url");

    private static final String HIDE = "hide_";
    /** The store takes no dots, and none of its own signs, in names. */
    private static final Pattern HIDDEN = Pattern.compile("hide_[a-z0-9_]{1,64}");

    private static final Pattern TEMPLATE = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    // Every authentication reads a tenant, so its record must stay small.
    private static final int MOST_TEMPLATES = 100;
    private static final int LARGEST_TEMPLATES = 256 * 1024;
    private static final int MOST_DOMAINS = 1_000;
    private static final int LONGEST_DOMAIN = 253;

    /** By their names on the wire; those that the request does not have are left out. */
    Map<String, Object> read() {
        var settings = new LinkedHashMap<String, Object>();
        TEXTS.forEach(name -> fields.text(name, 0, 2048).ifPresent(text -> settings.put(name, text)));
        fields.names().stream()
                .filter(name -> name.startsWith(HIDE))
                .sorted()
                .limit(Tenant.MOST_HIDDEN + 1L)
                .forEach(name -> hidden(name, settings));
        fields.flag(Tenant.IS_DEFAULT).ifPresent(flag -> settings.put(Tenant.IS_DEFAULT, flag));
        fields.flag("flow_stats_enabled_default").ifPresent(flag -> settings.put("flow_stats_enabled_default", flag));
        fields.word("default_workspace_type", Set.of("full", "limited"))
                .ifPresent(type -> settings.put("default_workspace_type", type));
        fields.texts("email_domains_blacklist", MOST_DOMAINS, LONGEST_DOMAIN)
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

    private void hidden(String name, Map<String, Object> settings) {
        if (HIDDEN.matcher(name).matches()) {
            fields.flag(name).ifPresent(flag -> settings.put(name, flag));
        } else {
            fields.problem(name, "hide_ is followed by 1 to 64 lower-case letters, digits and underscores.");
        }
    }

    private void supportUser(Map<String, Object> settings) {
        fields.text(Tenant.SUPPORT_USER, 1, 24).ifPresent(id -> {
            if (!Ids.isEntity(id)) {
                fields.problem(Tenant.SUPPORT_USER, "support_user_id must be an identifier.");
            } else {
                settings.put(Tenant.SUPPORT_USER, id);
            }
        });
    }

    private void featureFlags(Map<String, Object> settings) {
        fields.fields(Tenant.FEATURE_FLAGS).ifPresent(sent -> {
            var flags = new LinkedHashMap<String, Object>();
            sent.names().stream()
                    .filter(FeatureFlags::isKnown)
                    .forEach(name -> sent.flag(name).ifPresent(flag -> flags.put(name, flag)));
            settings.put(Tenant.FEATURE_FLAGS, flags);
        });
    }

    private void emailTemplates(Map<String, Object> settings) {
        fields.fields("email_templates").ifPresent(sent -> {
            if (sent.names().size() > MOST_TEMPLATES) {
                fields.problem("email_templates", "email_templates may have " + MOST_TEMPLATES + " templates.");
                return;
            }
            var templates = new LinkedHashMap<String, Object>();
            var bytes = 0L;
            for (var name : sent.names()) {
                if (!TEMPLATE.matcher(name).matches()) {
                    fields.problem("email_templates", "A template is named by 1 to 64 letters, digits, - and _.");
                }
                var text = sent.prose(name, LARGEST_TEMPLATES).orElse("");
                bytes += text.getBytes(StandardCharsets.UTF_8).length;
                templates.put(name, text);
            }
            if (bytes > LARGEST_TEMPLATES) {
                fields.problem("email_templates", "email_templates may have " + LARGEST_TEMPLATES + " bytes together.");
            }
            settings.put("email_templates", templates);
        });
    }
}
