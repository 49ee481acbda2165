package dev.weft.identity.user;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.OpenToAll;
import dev.weft.common.access.Permission;
import dev.weft.common.access.Scope;
import dev.weft.common.problem.Problem;
import dev.weft.identity.leaver.UserContracts;
import dev.weft.identity.openid.OpenIdRepository;
import dev.weft.identity.userrecord.EmailAddress;
import dev.weft.identity.userrecord.User;
import dev.weft.identity.userrecord.UserRepository;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** How users are read (api-v2 4.5). */
@Service
class UserService {

    private final UserRepository users;
    private final UserTenants tenants;
    private final UserContracts contracts;
    private final OpenIdRepository identities;
    private final AccessClient access;

    UserService(
            UserRepository users,
            UserTenants tenants,
            UserContracts contracts,
            OpenIdRepository identities,
            AccessClient access) {
        this.users = users;
        this.tenants = tenants;
        this.contracts = contracts;
        this.identities = identities;
        this.access = access;
    }

    /** Oneself, somebody of a common contract, or anybody with {@code tenants.user.get}. */
    User get(Caller caller, String id) {
        var user = users.find(id)
                .filter(found -> caller.sees(found.tenantId()))
                .orElseThrow(() -> Problem.notFound("user", id).exception());
        if (user.id().equals(caller.id()) || mayGetAll(caller, user.tenantId())) {
            return user;
        }
        // 403 and not 404: both users are of one tenant, within which it is no secret who exists (api-v2 1.5).
        if (!contracts.share(caller, id)) {
            throw Problem.forbidden(Permission.TENANTS_USER_GET.wire()).exception();
        }
        return user;
    }

    private boolean mayGetAll(Caller caller, String tenantId) {
        return access.find(caller, new Scope.Tenant(tenantId))
                .filter(grants -> grants.has(Permission.TENANTS_USER_GET))
                .isPresent();
    }

    /** Whether a user of that id exists in the caller's tenant. */
    @OpenToAll("says no more than that an id is taken")
    boolean exists(Caller caller, String id) {
        return users.find(id).filter(user -> caller.sees(user.tenantId())).isPresent();
    }

    /** A page of users and how many there are. */
    record Page(List<User> users, long total) {}

    private Page foreign(@Nullable String tenant, UserFilter filter) {
        var found = identities.users(tenant, filter.iss(), filter.sub());
        var shown = found.stream().skip(filter.skip()).limit(filter.size()).toList();
        // In the order of the ids, which a query for several need not keep.
        var page = users.findAll(shown).stream()
                .sorted(Comparator.comparing(User::id))
                .toList();
        return new Page(page, found.size());
    }

    Page list(Caller caller, UserFilter filter) {
        var tenant = tenants.ofList(caller, filter.tenantId());
        if (tenant != null) {
            access.requireToRead(caller, Permission.TENANTS_USER_LIST_ALL, new Scope.Tenant(tenant));
        }
        if (filter.isForeign()) {
            return foreign(tenant, filter);
        }
        if (filter.email() != null) {
            var found = users.findByEmail(EmailAddress.normal(filter.email())).stream()
                    .filter(user -> tenant == null || tenant.equals(user.tenantId()))
                    .toList();
            return new Page(filter.skip() == 0 ? found : List.of(), found.size());
        }
        return new Page(users.list(tenant, filter.skip(), filter.size()), users.count(tenant));
    }
}
