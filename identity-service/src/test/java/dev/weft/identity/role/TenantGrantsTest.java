package dev.weft.identity.role;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.access.Caller;
import dev.weft.common.access.Permission;
import dev.weft.common.access.Scope;
import java.util.List;
import org.junit.jupiter.api.Test;

class TenantGrantsTest {

    private static final Scope HERE = new Scope.Tenant("59d3562c68ed850019bde27f");
    private static final Scope ELSEWHERE = new Scope.Tenant("59d3562c68ed850019bde280");

    private final TenantGrants grants = new TenantGrants();

    @Test
    void aTenantAdminManagesUsersOfTheOwnTenantOnly() {
        var admin = caller(Caller.Kind.USER, HERE.id(), "tenant-admin");

        assertThat(grants.grants(admin, HERE).orElseThrow().has(Permission.TENANTS_USER_CREATE))
                .isTrue();
        assertThat(grants.grants(admin, HERE).orElseThrow().has(Permission.TENANTS_TENANT_CREATE))
                .isFalse();
        assertThat(grants.grants(admin, ELSEWHERE)).isEmpty();
    }

    @Test
    void aPlainUserHoldsNothingInTheTenant() {
        var user = caller(Caller.Kind.USER, HERE.id());

        assertThat(grants.grants(user, HERE).orElseThrow().permissions()).isEmpty();
    }

    @Test
    void aServiceAccountActsInEveryTenantButIsMemberOfNone() {
        var account = caller(Caller.Kind.SERVICE_ACCOUNT, null);

        var held = grants.grants(account, ELSEWHERE).orElseThrow();

        assertThat(held.has(Permission.TENANTS_TENANT_CREATE)).isTrue();
        assertThat(held.has(Permission.WORKSPACES_FLOW_EDIT)).isFalse();
        assertThat(held.has(Permission.CONTRACTS_CONTRACT_FINISH_DELETE)).isFalse();
        assertThat(held.member()).isFalse();
    }

    private static Caller caller(Caller.Kind kind, String tenant, String... roles) {
        return new Caller(kind, "59d3562c68ed850019bde281", tenant, "name", List.of(roles), "Bearer x");
    }
}
