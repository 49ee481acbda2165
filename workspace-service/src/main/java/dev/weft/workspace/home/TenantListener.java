package dev.weft.workspace.home;

import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.Fact;
import dev.weft.common.event.FactHandler;
import dev.weft.workspace.policy.CurrentPolicies;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Hears of tenants that come and go. */
@Configuration(proxyBeanMethods = false)
class TenantListener {

    /** Repeatable: ids of what is opened follow from the tenant's. */
    @Bean
    FactHandler newTenants(TenantHomes homes, CurrentPolicies policies, TenantEnds ends) {
        return new FactHandler(Fact.TENANT_CREATED, tenant -> {
            homes.open(
                    tenant.subjectId(), tenant.payload().get("admin_user_id") instanceof String admin ? admin : null);
            // Asked after the contract is stored: this fact may be old, and the tenant deleted before it was heard.
            if (!policies.ensure(tenant.subjectId(), 0)) {
                ends.end(tenant.subjectId(), actor(tenant));
            }
        });
    }

    @Bean
    FactHandler deletedTenants(TenantEnds ends) {
        return new FactHandler(Fact.TENANT_DELETED, tenant -> ends.end(tenant.subjectId(), actor(tenant)));
    }

    private static String actor(DomainEvent tenant) {
        return Objects.requireNonNullElse(tenant.actorId(), "");
    }
}
