package dev.weft.identity.user;

import dev.weft.common.access.Caller;
import dev.weft.common.access.OpenToAll;
import dev.weft.common.problem.Problem;
import dev.weft.identity.userrecord.User;
import dev.weft.identity.userrecord.UserLeavings;
import dev.weft.identity.userrecord.UserRepository;
import java.util.List;
import org.springframework.stereotype.Service;

/** What other services ask about users. */
@Service
class InternalUserService {

    private final UserRepository users;
    private final UserLeavings leavings;

    InternalUserService(UserRepository users, UserLeavings leavings) {
        this.users = users;
        this.leavings = leavings;
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
                .filter(user -> leavings.keep(user.id()))
                .orElseThrow(() -> Problem.notFound("user", id).exception());
    }
}
