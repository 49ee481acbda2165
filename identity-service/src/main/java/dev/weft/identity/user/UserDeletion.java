package dev.weft.identity.user;

import dev.weft.identity.directory.Directory;
import dev.weft.identity.tenant.TenantRepository;
import java.util.List;
import org.springframework.stereotype.Service;

/** Ends a user step by step; each step may be repeated, and the record goes last. */
@Service
class UserDeletion {

    private final UserRepository users;
    private final TenantRepository tenants;
    private final Directory directory;
    private final List<UserLeftovers> leftovers;

    UserDeletion(UserRepository users, TenantRepository tenants, Directory directory, List<UserLeftovers> leftovers) {
        this.users = users;
        this.tenants = tenants;
        this.directory = directory;
        this.leftovers = leftovers;
    }

    /** What must be gone before the deletion is answered. */
    void dropWhatIsOurs(User user) {
        leftovers.forEach(feature -> feature.removeOf(user.id()));
        tenants.forgetAdmin(user.tenantId(), user.id());
    }

    /** The rest; refused with {@code unavailable} while the directory is away. */
    void finish(User user) {
        dropWhatIsOurs(user);
        directory.remove(user.id(), user.email());
        users.endDeletion(user.id());
    }
}
