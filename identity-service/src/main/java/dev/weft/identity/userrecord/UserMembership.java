package dev.weft.identity.userrecord;

import dev.weft.identity.tenant.TenantUsers;
import org.springframework.stereotype.Service;

/** Answers the tenants' question about users. */
@Service
class UserMembership implements TenantUsers {

    private final UserRepository users;

    UserMembership(UserRepository users) {
        this.users = users;
    }

    @Override
    public boolean belongsTo(String userId, String tenantId) {
        return users.find(userId)
                .filter(user -> user.tenantId().equals(tenantId))
                .isPresent();
    }

    @Override
    public boolean keep(String userId) {
        return users.keep(userId);
    }
}
