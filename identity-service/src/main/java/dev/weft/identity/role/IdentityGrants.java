package dev.weft.identity.role;

import dev.weft.common.access.Caller;
import dev.weft.common.access.Grants;
import dev.weft.common.access.GrantsSource;
import dev.weft.common.access.RemoteGrants;
import dev.weft.common.access.Scope;
import java.util.Optional;
import org.springframework.context.annotation.Primary;
import org.springframework.stereotype.Service;

/** What a caller may do: in a tenant this service knows it itself, elsewhere workspace-service does. */
@Service
@Primary
class IdentityGrants implements GrantsSource {

    private final TenantGrants tenants;
    private final RemoteGrants others;

    IdentityGrants(TenantGrants tenants, RemoteGrants others) {
        this.tenants = tenants;
        this.others = others;
    }

    @Override
    public Optional<Grants> grants(Caller caller, Scope scope) {
        return switch (scope) {
            case Scope.Tenant _ -> tenants.grants(caller, scope);
            case Scope.Contract _, Scope.Workspace _ -> others.grants(caller, scope);
        };
    }
}
