package dev.weft.workspace.oauthclient;

import static dev.weft.common.access.Permission.TENANTS_OAUTH_CLIENTS_CREATE;
import static dev.weft.common.access.Permission.TENANTS_OAUTH_CLIENTS_DELETE;
import static dev.weft.common.access.Permission.TENANTS_OAUTH_CLIENTS_EDIT;
import static dev.weft.common.access.Permission.TENANTS_OAUTH_CLIENTS_GET;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.OpenToAll;
import dev.weft.common.access.Scope;
import dev.weft.common.crypto.Secret;
import dev.weft.common.id.Ids;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.workspace.policy.RoleKeeping;
import dev.weft.workspace.tenant.KnownTenants;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;

/** The use cases of a tenant's OAuth clients (api-v2 12). */
@Service
class OAuthClientService {

    private static final int ATTEMPTS = 30;

    private final OAuthClientRepository clients;
    private final OAuthClientComponents components;
    private final OAuthClientUses uses;
    private final KnownTenants tenants;
    private final RoleKeeping keeping;
    private final AccessClient access;
    private final Ids ids;
    private final Clock clock;

    OAuthClientService(
            OAuthClientRepository clients,
            OAuthClientComponents components,
            OAuthClientUses uses,
            KnownTenants tenants,
            RoleKeeping keeping,
            AccessClient access,
            Ids ids,
            Clock clock) {
        this.clients = clients;
        this.components = components;
        this.uses = uses;
        this.tenants = tenants;
        this.keeping = keeping;
        this.access = access;
        this.ids = ids;
        this.clock = clock;
    }

    FoundOAuthClients list(Caller caller, String tenantId, int skip, int size) {
        requireTenant(caller, tenantId);
        access.requireToRead(caller, TENANTS_OAUTH_CLIENTS_GET, new Scope.Tenant(tenantId));
        return clients.list(tenantId, skip, size);
    }

    OAuthClient get(Caller caller, String tenantId, String id) {
        var client = visible(caller, tenantId, id);
        access.requireToRead(caller, TENANTS_OAUTH_CLIENTS_GET, new Scope.Tenant(tenantId));
        return client;
    }

    /** @param document read only once the caller may make clients */
    OAuthClient create(Caller caller, String tenantId, Supplier<OAuthClientWish> document) {
        requireTenant(caller, tenantId);
        access.require(caller, TENANTS_OAUTH_CLIENTS_CREATE, new Scope.Tenant(tenantId));
        var wish = document.get();
        wish.faults().orThrow();
        var component = wish.componentId().orElseThrow();
        if (components.command(caller, component).isEmpty()) {
            throw Problem.notFound("component", component)
                    .atReference("component")
                    .exception();
        }
        var now = now();
        var client = new OAuthClient(ids.next(), tenantId, component, "", new Secret(""), now, now, 0).with(wish, now);
        // Within it the tenant stays: after its end nobody would remove the client.
        boolean isFirst = keeping.keeping(
                tenantId, List.of(), _ -> Problem.notFound("tenant", tenantId), () -> clients.insert(client));
        if (!isFirst) {
            throw Problem.of(ProblemCode.ALREADY_EXISTS, "The tenant has an OAuth client for this component.")
                    .atReference("component")
                    .exception();
        }
        return client;
    }

    /** @param document read only once the caller may change the client */
    OAuthClient change(Caller caller, String tenantId, String id, Supplier<OAuthClientWish> document) {
        visible(caller, tenantId, id);
        access.require(caller, TENANTS_OAUTH_CLIENTS_EDIT, new Scope.Tenant(tenantId));
        var wish = document.get();
        wish.faults().orThrow();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var changed = visible(caller, tenantId, id).with(wish, now());
            if (clients.save(changed)) {
                return changed.next();
            }
        }
        throw Problem.of(ProblemCode.CONFLICT, "The client is being changed by many at once.")
                .exception();
    }

    /** Refused while a flow of the tenant has a step of its component, in any version or in its draft. */
    void delete(Caller caller, String tenantId, String id) {
        var client = visible(caller, tenantId, id);
        access.require(caller, TENANTS_OAUTH_CLIENTS_DELETE, new Scope.Tenant(tenantId));
        // Of a component that is gone no flow has a step, for a component that is used stays.
        components.command(caller, client.componentId()).ifPresent(command -> {
            var flows = uses.flowsUsing(caller, tenantId, client.componentId(), command);
            if (!flows.isEmpty()) {
                throw Problem.of(ProblemCode.IN_USE, "Flows use the component of this client.")
                        .with("flow_ids", flows)
                        .exception();
            }
        });
        clients.remove(id);
    }

    /** Whether the caller's tenant has a client of that id. */
    @OpenToAll("says no more than that an id is taken")
    boolean exists(Caller caller, String id) {
        return clients.find(id).filter(client -> caller.sees(client.tenantId())).isPresent();
    }

    private OAuthClient visible(Caller caller, String tenantId, String id) {
        return clients.find(id)
                .filter(client -> client.tenantId().equals(tenantId) && caller.sees(tenantId))
                .orElseThrow(() -> Problem.notFound("OAuth client", id).exception());
    }

    /** Who is of the tenant knows that it is there; the others ask. */
    private void requireTenant(Caller caller, String tenantId) {
        var isThere = caller.tenantId() == null
                ? Ids.isEntity(tenantId) && tenants.exists(caller, tenantId)
                : caller.sees(tenantId);
        if (!isThere) {
            throw Problem.notFound("tenant", tenantId).exception();
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
