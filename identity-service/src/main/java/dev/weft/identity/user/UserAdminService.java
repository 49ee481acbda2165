package dev.weft.identity.user;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.OpenToAll;
import dev.weft.common.access.Permission;
import dev.weft.common.access.Scope;
import dev.weft.common.id.Ids;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.identity.leaver.UserDeletion;
import dev.weft.identity.tenantrecord.Tenant;
import dev.weft.identity.userrecord.EmailAddress;
import dev.weft.identity.userrecord.User;
import dev.weft.identity.userrecord.UserCreation;
import dev.weft.identity.userrecord.UserEvents;
import dev.weft.identity.userrecord.UserLeaving;
import dev.weft.identity.userrecord.UserRepository;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** How administrators make users and delete them (api-v2 4.5). */
@Service
class UserAdminService {

    private static final Logger log = LoggerFactory.getLogger(UserAdminService.class);

    private static final Duration JOINING = Duration.ofMinutes(1);

    private final UserRepository users;
    private final UserTenants tenants;
    private final UserCreation creation;
    private final UserDeletion deletion;
    private final UserEvents events;
    private final AccessClient access;
    private final Ids ids;
    private final Clock clock;

    UserAdminService(
            UserRepository users,
            UserTenants tenants,
            UserCreation creation,
            UserDeletion deletion,
            UserEvents events,
            AccessClient access,
            Ids ids,
            Clock clock) {
        this.users = users;
        this.tenants = tenants;
        this.creation = creation;
        this.deletion = deletion;
        this.events = events;
        this.access = access;
        this.ids = ids;
        this.clock = clock;
    }

    /** @param document read only once the caller may make users in the tenant */
    User create(Caller caller, String tenantId, Supplier<NewUser> document) {
        var tenant = tenants.ofCreation(caller, tenantId);
        access.require(caller, Permission.TENANTS_USER_CREATE, new Scope.Tenant(tenant.id()));
        var user = make(tenant, document.get(), null);
        log.info("User {} of tenant {} was created by {}", user.id(), tenant.id(), caller.id());
        return user;
    }

    /**
     * A user who accepts an invite to a contract. Who has not joined one a minute later, since a process died in between, is
     * deleted as one who has left the last: nobody knows of such a user, and the invite is still good.
     */
    @OpenToAll("asked by workspace-service, which has seen the invite; refuses everybody else")
    User createInvited(Caller caller, String tenantId, Supplier<NewUser> document) {
        InternalUserService.requireService(caller);
        var tenant = tenants.ofCreation(caller, tenantId);
        var due = clock.instant().plus(JOINING);
        var user = make(tenant, document.get(), due);
        log.info("User {} of tenant {} was created by an invite", user.id(), tenant.id());
        return user;
    }

    /** @param joinsBy until when the user must be a member of a contract; null: he need not */
    private User make(Tenant tenant, NewUser wish, @Nullable Instant joinsBy) {
        if (tenant.refusesDomain(EmailAddress.domainOf(wish.email()))) {
            wish.faults().add("email", "This tenant takes no addresses of that domain.");
        }
        wish.faults().orThrow();
        var user = new User(
                ids.next(),
                tenant.id(),
                wish.email(),
                wish.firstName(),
                wish.lastName(),
                wish.company(),
                clock.instant(),
                null);
        var leaving = joinsBy == null ? null : new UserLeaving(user.id(), ids.next(), "", joinsBy);
        creation.create(user, tenant.code(), wish.password(), leaving);
        return user;
    }

    void delete(Caller caller, String id) {
        var user = users.find(id)
                .filter(found -> caller.sees(found.tenantId()))
                .orElseThrow(() -> Problem.notFound("user", id).exception());
        access.require(caller, Permission.TENANTS_USER_DELETE, new Scope.Tenant(user.tenantId()));
        if (user.id().equals(caller.id())) {
            throw Problem.of(ProblemCode.INVALID_STATE, "An administrator can not delete himself.")
                    .exception();
        }
        // If two delete the same user, the second gets the answer that would be right a moment later anyway.
        if (!users.beginDeletion(id, events.deleted(user, caller.id()))) {
            throw Problem.notFound("user", id).exception();
        }
        log.info("User {} of tenant {} was deleted by {}", id, user.tenantId(), caller.id());
        deletion.finishIfPossible(user);
    }
}
