package dev.weft.identity.tenant;

import dev.weft.common.messaging.Outgoing;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.mapping.Field;

/** {@code {_id, code, name, app_domain, email_from, settings, admins: [user id], created_at, outbox}}. */
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
        List<Outgoing> outbox) {

    static final String COLLECTION = "tenants";

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
                List.of(fact));
    }

    Tenant toTenant() {
        return new Tenant(id, code, name, appDomain, emailFrom, settings, admins, createdAt);
    }
}
