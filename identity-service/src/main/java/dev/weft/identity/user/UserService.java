package dev.weft.identity.user;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.OpenToAll;
import dev.weft.common.access.Permission;
import dev.weft.common.access.Scope;
import dev.weft.common.id.Ids;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.identity.directory.Directory;
import dev.weft.identity.leaver.UserContracts;
import dev.weft.identity.leaver.UserDeletion;
import dev.weft.identity.userrecord.EmailAddress;
import dev.weft.identity.userrecord.User;
import dev.weft.identity.userrecord.UserCreation;
import dev.weft.identity.userrecord.UserEvents;
import dev.weft.identity.userrecord.UserRepository;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** The use cases of users (api-v2 4.5). */
@Service
class UserService {

    private static final Logger log = LoggerFactory.getLogger(UserService.class);

    private final UserRepository users;
    private final UserTenants tenants;
    private final UserCreation creation;
    private final UserDeletion deletion;
    private final UserEvents events;
    private final UserContracts contracts;
    private final Directory directory;
    private final PasswordGuard guard;
    private final AccessClient access;
    private final Ids ids;
    private final Clock clock;

    UserService(
            UserRepository users,
            UserTenants tenants,
            UserCreation creation,
            UserDeletion deletion,
            UserEvents events,
            UserContracts contracts,
            Directory directory,
            PasswordGuard guard,
            AccessClient access,
            Ids ids,
            Clock clock) {
        this.users = users;
        this.tenants = tenants;
        this.creation = creation;
        this.deletion = deletion;
        this.events = events;
        this.contracts = contracts;
        this.directory = directory;
        this.guard = guard;
        this.access = access;
        this.ids = ids;
        this.clock = clock;
    }

    @OpenToAll("everybody may see himself")
    User me(Caller caller) {
        return users.find(caller.id())
                .filter(_ -> caller.kind() == Caller.Kind.USER)
                .orElseThrow(() -> Problem.of(ProblemCode.FORBIDDEN, "Only a user has a record of its own.")
                        .exception());
    }

    /** Oneself, somebody of a common contract, or anybody with {@code tenants.user.get}. */
    User get(Caller caller, String id) {
        var user = users.find(id)
                .filter(found -> caller.sees(found.tenantId()))
                .orElseThrow(() -> Problem.notFound("user", id).exception());
        if (user.id().equals(caller.id()) || mayGetAll(caller, user.tenantId())) {
            return user;
        }
        // 403 and not 404: the tenant of the two is the same, and within it who exists is no secret (api-v2 1.5).
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

    /** A page of users and how many there are. */
    record Page(List<User> users, long total) {}

    Page list(Caller caller, UserFilter filter) {
        var tenant = tenants.ofList(caller, filter.tenantId());
        if (tenant != null) {
            access.requireToRead(caller, Permission.TENANTS_USER_LIST_ALL, new Scope.Tenant(tenant));
        }
        if (filter.isForeign()) {
            // Nobody has a foreign identity yet.
            return new Page(List.of(), 0);
        }
        if (filter.email() != null) {
            var found = users.findByEmail(EmailAddress.normal(filter.email())).stream()
                    .filter(user -> tenant == null || tenant.equals(user.tenantId()))
                    .toList();
            return new Page(filter.skip() == 0 ? found : List.of(), found.size());
        }
        return new Page(users.list(tenant, filter.skip(), filter.size()), users.count(tenant));
    }

    User create(Caller caller, UserRequest request) {
        var tenant = tenants.ofCreation(caller, request);
        access.require(caller, Permission.TENANTS_USER_CREATE, new Scope.Tenant(tenant.id()));
        var wish = request.creation(
                id -> users.find(id)
                        .filter(user -> caller.sees(user.tenantId()))
                        .isPresent(),
                tenant::refusesDomain);
        var user = new User(
                ids.next(),
                tenant.id(),
                wish.email(),
                wish.firstName(),
                wish.lastName(),
                wish.company(),
                clock.instant(),
                null);
        creation.create(user, tenant.code(), Objects.requireNonNull(wish.password()));
        log.info("User {} of tenant {} was created by {}", user.id(), tenant.id(), caller.id());
        return user;
    }

    /** Names and company; a new password needs the current one, and wrong ones are counted by {@code address}. */
    @OpenToAll("everybody may change himself")
    User changeMe(Caller caller, String address, UserRequest request) {
        var present = me(caller);
        var wish = request.change(present);
        var user = new User(
                present.id(),
                present.tenantId(),
                present.email(),
                wish.firstName(),
                wish.lastName(),
                wish.company(),
                present.registered(),
                present.lastLogin());
        if (wish.password() != null) {
            requirePassword(present, wish.currentPassword(), address);
            directory.changePassword(present.id(), present.email(), wish.password());
        }
        users.update(present, user);
        return user;
    }

    private void requirePassword(User user, String password, String address) {
        switch (guard.check(user.email(), password, address)) {
            case RIGHT -> {}
            case WRONG ->
                throw Problem.invalid("/data/attributes/current_password", "This is not the current password.")
                        .exception();
            case TOO_MANY ->
                throw Problem.of(ProblemCode.TOO_MANY_REQUESTS, "Too many wrong passwords; try again in a minute.")
                        .exception();
        }
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
        // Of two who delete the same user the second is told what a moment later would be true anyway.
        if (!users.beginDeletion(id, events.deleted(user, caller.id()))) {
            throw Problem.notFound("user", id).exception();
        }
        log.info("User {} of tenant {} was deleted by {}", id, user.tenantId(), caller.id());
        deletion.finishIfPossible(user);
    }

    @OpenToAll("services and members show names; other tenants are left out")
    List<User> named(Caller caller, List<String> userIds) {
        return users.findAll(userIds).stream()
                .filter(user -> caller.sees(user.tenantId()))
                .toList();
    }

    /** A user who joined a contract; not found when that came too late. */
    @OpenToAll("asked by workspace-service, which has checked that the caller may add members")
    User joined(Caller caller, String id) {
        return users.find(id)
                .filter(user -> caller.sees(user.tenantId()))
                .filter(user -> users.keep(user.id()))
                .orElseThrow(() -> Problem.notFound("user", id).exception());
    }
}
