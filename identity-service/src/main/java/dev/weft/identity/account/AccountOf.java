package dev.weft.identity.account;

import dev.weft.identity.tenantrecord.Tenant;
import java.util.Objects;

/** A tenant and its account. */
record AccountOf(Tenant tenant, MeshAccount account) {

    /** By which the account is called. */
    String name() {
        return Objects.requireNonNullElse(account.name(), tenant.code());
    }
}
