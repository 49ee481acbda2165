package dev.weft.identity.role;

import dev.weft.common.access.Caller;
import dev.weft.common.access.Grants;
import dev.weft.common.access.GrantsSource;
import dev.weft.common.access.Permission;
import dev.weft.common.access.Permission.Holder;
import dev.weft.common.access.Scope;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/**
 * What a caller may do in a tenant. This service owns tenant roles, and the caller's token, which it has made, lists
 * them: so it answers by itself, and logging in and managing users work while workspace-service is down.
 *
 * <p>Source: api-v2 3.3 (what tenant-admin grants) and 2 (service accounts).
 */
@Service
class TenantGrants implements GrantsSource {

    private static final Set<String> TENANT_ADMIN = wireNames(permission ->
            permission.holder() == Holder.TENANT_ADMIN || permission == Permission.CONTRACTS_CONTRACT_EDIT);
    private static final Set<String> SERVICE_ACCOUNT = wireNames(
            permission -> EnumSet.of(Holder.TENANT_ADMIN, Holder.SERVICE).contains(permission.holder()));

    private static Set<String> wireNames(java.util.function.Predicate<Permission> held) {
        return Stream.of(Permission.values())
                .filter(held)
                .map(Permission::wire)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Optional<Grants> grants(Caller caller, Scope scope) {
        return switch (scope) {
            case Scope.Tenant(var tenant)
            when caller.sees(tenant) ->
                Optional.of(new Grants(tenant, null, null, tenant.equals(caller.tenantId()), held(caller)));
            case Scope.Tenant _ -> Optional.empty();
            // A fault of ours and not a refusal: only workspace-service knows memberships.
            case Scope.Contract _, Scope.Workspace _ ->
                throw new IllegalArgumentException("identity-service asks for permissions of tenants only.");
        };
    }

    private static Set<String> held(Caller caller) {
        if (caller.isServiceAccount()) {
            return SERVICE_ACCOUNT;
        }
        return caller.isTenantAdmin() ? TENANT_ADMIN : Set.of();
    }
}
