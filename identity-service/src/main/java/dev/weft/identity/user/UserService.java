package dev.weft.identity.user;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.OpenToAll;
import dev.weft.common.access.Permission;
import dev.weft.common.access.Scope;
import dev.weft.common.id.Ids;
import dev.weft.common.jsonapi.Fields;
import dev.weft.common.jsonapi.RequestDocument;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.identity.directory.Directory;
import dev.weft.identity.tenant.Tenant;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;

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
            return new Page(filter.page().number() == 1 ? found : List.of(), found.size());
        }
        var page = filter.page();
        return new Page(users.list(tenant, page.skip(), page.size()), users.count(tenant));
    }

    User create(Caller caller, @Nullable JsonNode body) {
        var tenant = tenants.ofCreation(caller, body);
        access.require(caller, Permission.TENANTS_USER_CREATE, new Scope.Tenant(tenant.id()));
        var document = RequestDocument.of(body, UserResource.TYPE)
                .withoutId(id -> users.find(id)
                        .filter(user -> caller.sees(user.tenantId()))
                        .isPresent());
        document.related("tenant", UserTenants.TYPE);
        var fields = document.fields();
        var form = new UserForm(fields);
        var user = new User(
                ids.next(),
                tenant.id(),
                form.email(),
                form.requiredName("first_name"),
                form.requiredName("last_name"),
                form.company(null),
                clock.instant(),
                null);
        var password = form.newPassword();
        checkDomain(tenant, user, fields);
        fields.orThrow();
        creation.create(user, tenant.code(), password);
        log.info("User {} of tenant {} was created by {}", user.id(), tenant.id(), caller.id());
        return user;
    }

    private static void checkDomain(Tenant tenant, User user, Fields fields) {
        if (tenant.refusesDomain(EmailAddress.domainOf(user.email()))) {
            fields.problem("email", "This tenant takes no addresses of that domain.");
        }
    }

    /** Names and company; a new password needs the current one, and wrong ones are counted by {@code address}. */
    @OpenToAll("everybody may change himself")
    User changeMe(Caller caller, String address, @Nullable JsonNode body) {
        var present = me(caller);
        var document = RequestDocument.of(body, UserResource.TYPE).forId(present.id(), false);
        var fields = document.fields();
        var form = new UserForm(fields);
        var user = new User(
                present.id(),
                present.tenantId(),
                present.email(),
                form.name("first_name", present.firstName()),
                form.name("last_name", present.lastName()),
                form.company(present.company()),
                present.registered(),
                present.lastLogin());
        var password = fields.has("password") ? form.newPassword() : null;
        if (password != null && form.currentPassword().isEmpty()) {
            fields.problem("current_password", "A new password needs the current one.");
        }
        fields.orThrow();
        if (password != null) {
            requirePassword(present, form.currentPassword(), address);
            directory.changePassword(present.id(), present.email(), password);
        }
        users.update(present, user);
        return user;
    }

    private void requirePassword(User user, String password, String address) {
        if (guard.isExhausted(user.email(), address)) {
            throw Problem.of(ProblemCode.TOO_MANY_REQUESTS, "Too many wrong passwords; try again in a minute.")
                    .exception();
        }
        if (!directory.knowsPassword(user.email(), password)) {
            guard.wrongPassword(user.email(), address);
            throw Problem.invalid("/data/attributes/current_password", "This is not the current password.")
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
