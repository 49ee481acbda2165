package dev.weft.workspace.home;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tenants there are; identity-service knows them. */
interface KnownTenants {

    /** {@code {"id","admin_user_id"?}}. */
    record KnownTenant(
            String id,
            @JsonProperty("admin_user_id") @Nullable String adminUserId) {}

    List<KnownTenant> list();
}
