package dev.weft.identity.userrecord;

import dev.weft.identity.tenant.TenantUsers;
import org.springframework.stereotype.Service;

/** Answers the tenant feature's questions about users. */
@Service
class UserMembership implements TenantUsers {

    private final UserRepository users;
    private final UserLeavings leavings;

    UserMembership(UserRepository users, UserLeavings leavings) {
        this.users = users;
        this.leavings = leavings;
    }

    @Override
    public boolean belongsTo(String userId, String tenantId) {
        return users.find(userId)
                .filter(user -> user.tenantId().equals(tenantId))
                .isPresent();
    }

    @Override
    public boolean keep(String userId) {
        return leavings.keep(userId);
    }
}
