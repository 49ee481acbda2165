package dev.weft.identity.user;

import dev.weft.common.access.Caller;
import dev.weft.common.access.OpenToAll;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.identity.userrecord.EmailAddress;
import dev.weft.identity.userrecord.User;
import dev.weft.identity.userrecord.UserLeavings;
import dev.weft.identity.userrecord.UserRepository;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** What other services ask about users. */
@Service
class InternalUserService {

    private final UserRepository users;
    private final UserLeavings leavings;
    private final UserTenants tenants;

    InternalUserService(UserRepository users, UserLeavings leavings, UserTenants tenants) {
        this.users = users;
        this.leavings = leavings;
        this.tenants = tenants;
    }

    @OpenToAll("services and members show names; other tenants are left out")
    List<User> named(Caller caller, List<String> userIds) {
        return users.findAll(userIds).stream()
                .filter(user -> caller.sees(user.tenantId()))
                .toList();
    }

    /** Who has an address, of whatever tenant; empty when nobody has. */
    @OpenToAll("answers services only")
    Optional<User> withAddress(Caller caller, String normalEmail) {
        requireService(caller);
        return users.findByEmail(normalEmail);
    }

    /** Whether the tenant takes no users with such an address. */
    @OpenToAll("answers services only")
    boolean isRefused(Caller caller, String tenantId, String normalEmail) {
        requireService(caller);
        return tenants.ofCreation(caller, tenantId).refusesDomain(EmailAddress.domainOf(normalEmail));
    }

    /** What is asked in the name of strangers only services may ask. */
    static void requireService(Caller caller) {
        if (!caller.isService()) {
            throw Problem.of(ProblemCode.FORBIDDEN, "Only services may ask this.")
                    .exception();
        }
    }

    /** A user who joined a contract; not found when that came too late. */
    @OpenToAll("asked by workspace-service, which has checked that the caller may add members")
    User joined(Caller caller, String id) {
        return users.find(id)
                .filter(user -> caller.sees(user.tenantId()))
                .filter(user -> leavings.keep(user.id()))
                .orElseThrow(() -> Problem.notFound("user", id).exception());
    }
}
