package dev.weft.identity.userrecord;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.ProblemException;
import dev.weft.identity.directory.Directory;
import dev.weft.identity.directory.DirectoryAccount;
import dev.weft.identity.tenantrecord.SecondFactor;
import dev.weft.identity.tenantrecord.TenantRepository;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Creates a user in two places: the e-mail is reserved here, the account is created in the directory, and then the user
 * becomes visible. A crash in between leaves a reservation, which the sweeper of unfinished users removes.
 */
@Service
public class UserCreation {

    private static final Logger log = LoggerFactory.getLogger(UserCreation.class);

    private final UserReservations users;
    private final TenantRepository tenants;
    private final Directory directory;

    UserCreation(UserReservations users, TenantRepository tenants, Directory directory) {
        this.users = users;
        this.tenants = tenants;
        this.directory = directory;
    }

    /** A user who may be in no contract. */
    public void create(User user, String tenantCode, String password) {
        create(user, tenantCode, password, null);
    }

    /** @param leaving by which the user is deleted, if he joins no contract before it is due; null for one who need not */
    public void create(User user, String tenantCode, String password, @Nullable UserLeaving leaving) {
        if (!users.reserve(user, leaving)) {
            throw Problem.of(ProblemCode.ALREADY_EXISTS, "This e-mail address is taken.")
                    .at("email")
                    .exception();
        }
        // Looked for after the reservation, which whoever deletes the tenant waits for: one of the two sees the other.
        // And
        // before the account, with which the organization of a tenant that is gone would be made anew.
        if (tenants.find(user.tenantId()).isEmpty()) {
            users.withdraw(user.id());
            throw unknownTenant(user);
        }
        try {
            directory.register(accountOf(user, tenantCode), password);
            complete(user, tenantCode);
        } catch (ProblemException e) {
            takeBack(user);
            throw e;
        }
        if (!users.activate(user.id())) {
            // It took so long that the sweeper has removed the reservation.
            throw Problem.of(ProblemCode.UNAVAILABLE, "The user could not be made in time.")
                    .exception();
        }
    }

    private void complete(User user, String tenantCode) {
        // Again: what the tenant says of second factors may have changed until the account was there.
        var tenant = tenants.find(user.tenantId()).orElse(null);
        if (tenant == null) {
            // If all that took longer than a reservation is good, the tenant's end may have been over before.
            directory.removeTenant(user.tenantId(), tenantCode);
            throw unknownTenant(user);
        }
        if (tenant.secondFactor() == SecondFactor.FORCED) {
            // Here too, and not only in what brings a flag to all users: that does not see who is being made.
            directory.askForSecondFactor(user.id(), user.email(), true);
        }
    }

    private static ProblemException unknownTenant(User user) {
        return Problem.notFound("tenant", user.tenantId()).exception();
    }

    static DirectoryAccount accountOf(User user, String tenantCode) {
        return new DirectoryAccount(
                user.id(), user.email(), user.firstName(), user.lastName(), user.tenantId(), tenantCode);
    }

    /** The account may have been made although no answer came: only a directory that answers can tell. */
    private void takeBack(User user) {
        try {
            withdraw(user);
        } catch (ProblemException e) {
            log.info("The reservation of {} is taken back when the directory is there again", user.id());
            users.giveUp(user.id());
        }
    }

    /** Removes account and reservation; refused with {@code unavailable} while the directory is away. */
    public void withdraw(User user) {
        directory.remove(user.id(), user.email());
        users.withdraw(user.id());
    }
}
