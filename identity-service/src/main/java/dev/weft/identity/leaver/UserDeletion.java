package dev.weft.identity.leaver;

import dev.weft.common.problem.ProblemException;
import dev.weft.identity.directory.Directory;
import dev.weft.identity.tenantrecord.TenantRepository;
import dev.weft.identity.userrecord.User;
import dev.weft.identity.userrecord.UserRepository;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Deletes a user step by step; each step may be repeated, and the record is removed last. */
@Service
public class UserDeletion {

    private static final Logger log = LoggerFactory.getLogger(UserDeletion.class);

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

    /** After a deletion was accepted: what is not possible now {@link UserSweeper} does. */
    public void finishIfPossible(User user) {
        dropWhatIsOurs(user);
        try {
            finish(user);
        } catch (ProblemException e) {
            log.info("The account of user {} goes when the directory is back", user.id());
        }
    }

    /** What must be gone before the deletion is answered. */
    private void dropWhatIsOurs(User user) {
        leftovers.forEach(feature -> feature.removeOf(user.id()));
        tenants.forgetAdmin(user.tenantId(), user.id());
    }

    /** The rest; refused with {@code unavailable} while the directory is away. */
    void finish(User user) {
        dropWhatIsOurs(user);
        directory.remove(user.id(), user.email());
        // Last: as long as the record exists, the sweeper returns to finish what a crash left.
        users.endDeletion(user.id());
    }
}
