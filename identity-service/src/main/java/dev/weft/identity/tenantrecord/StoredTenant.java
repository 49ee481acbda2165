package dev.weft.identity.tenantrecord;

import dev.weft.common.event.Outgoing;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.mapping.Field;
import org.springframework.data.mongodb.core.query.Update;

/**
 * {@code {_id, code, name, app_domain, email_from, settings, admins: [user id], created_at, state?, state_since?, outbox}}.
 *
 * @param defaultMark {@code true} in the default tenant, absent in others; a unique index allows one tenant to have it
 * @param revision    absent in a tenant that an early release stored and that was not changed since
 * @param factor      what is in force of {@link SecondFactor}: of a new tenant, which has no users, what it says
 * @param state       {@code deleting}, or absent: then the tenant is there
 */
@Document(StoredTenant.COLLECTION)
record StoredTenant(
        @Id String id,
        String code,
        String name,
        @Field("app_domain") String appDomain,
        @Field("email_from") String emailFrom,
        Map<String, Object> settings,
        List<String> admins,
        @Field("created_at") Instant createdAt,
        @Field(StoredTenant.DEFAULT_MARK) @Nullable Boolean defaultMark,
        @Nullable Long revision,
        @Nullable String state,
        @Field("state_since") @Nullable Instant stateSince,
        @Field(StoredTenant.FACTOR) @Nullable String factor,
        @Nullable List<Outgoing> outbox) {

    static final String COLLECTION = "tenants";
    static final String FACTOR = "factor";
    static final String DELETING = "deleting";
    static final String DEFAULT_MARK = "default_mark";

    static StoredTenant of(Tenant tenant, Outgoing fact) {
        return new StoredTenant(
                tenant.id(),
                tenant.code(),
                tenant.name(),
                tenant.appDomain(),
                tenant.emailFrom(),
                tenant.settings(),
                tenant.admins(),
                tenant.createdAt(),
                tenant.isDefault() ? true : null,
                tenant.revision(),
                null,
                null,
                tenant.secondFactor().name(),
                List.of(fact));
    }

    Tenant toTenant() {
        return new Tenant(
                id,
                code,
                name,
                appDomain,
                emailFrom,
                settingsWithDefault(),
                admins,
                createdAt,
                revision == null ? 0 : revision);
    }

    /** The mark decides and not the setting: before there was the mark, two tenants could have the setting. */
    private Map<String, Object> settingsWithDefault() {
        var all = new LinkedHashMap<>(settings);
        if (defaultMark != null || all.containsKey(Tenant.IS_DEFAULT)) {
            all.put(Tenant.IS_DEFAULT, Boolean.TRUE.equals(defaultMark));
        }
        return all;
    }

    /** What a change of a tenant writes; its administrators stay as they are. */
    Update change() {
        var change = new Update()
                .set("code", code)
                .set("name", name)
                .set("app_domain", appDomain)
                .set("email_from", emailFrom)
                .set("settings", settings)
                .set("revision", revision);
        if (defaultMark != null) {
            change.set(StoredTenant.DEFAULT_MARK, true);
        } else {
            change.unset(StoredTenant.DEFAULT_MARK);
        }
        return change;
    }
}
