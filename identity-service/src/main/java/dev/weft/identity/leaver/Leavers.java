package dev.weft.identity.leaver;

import dev.weft.common.audit.AuditTrail;
import dev.weft.common.id.Ids;
import dev.weft.common.outbox.Outbox.Place;
import dev.weft.identity.tenantrecord.Tenant;
import dev.weft.identity.tenantrecord.TenantRepository;
import dev.weft.identity.userrecord.User;
import dev.weft.identity.userrecord.UserEvents;
import dev.weft.identity.userrecord.UserLeaving;
import dev.weft.identity.userrecord.UserLeavings;
import dev.weft.identity.userrecord.UserRepository;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Deletes users who have left their last contract (api-v2 3.4, 5.5). The leaving is first noted in the user's record,
 * so that nothing is lost while workspace-service is down. A deletion is valid only while that note exists, and joining
 * a contract removes the note after the membership is stored. So one of three things happens: our question finds the
 * new membership, the deletion finds the note gone, or whoever adds the member is told that the user does not exist any
 * more.
 */
@Service
class Leavers {

    private static final Logger log = LoggerFactory.getLogger(Leavers.class);

    private final UserRepository users;
    private final UserLeavings leavings;
    private final TenantRepository tenants;
    private final UserContracts contracts;
    private final UserEvents events;
    private final UserDeletion deletion;
    private final AuditTrail trail;
    private final Ids ids;
    private final Clock clock;

    Leavers(
            UserRepository users,
            UserLeavings leavings,
            TenantRepository tenants,
            UserContracts contracts,
            UserEvents events,
            UserDeletion deletion,
            AuditTrail trail,
            Ids ids,
            Clock clock) {
        this.users = users;
        this.leavings = leavings;
        this.tenants = tenants;
        this.contracts = contracts;
        this.events = events;
        this.deletion = deletion;
        this.trail = trail;
        this.ids = ids;
        this.clock = clock;
    }

    /** May be called twice, or late: it asks whether the user is in a contract now, whatever was true then. */
    void left(String userId, String actorId) {
        // Each leaving has its own id: a deletion that was decided for an earlier one does not apply to this one.
        var leaving = new UserLeaving(userId, ids.next(), actorId, clock.instant());
        if (leavings.noteLeaving(leaving)) {
            settle(leaving);
        }
    }

    /** Refused with {@code unavailable} while workspace-service is away; then it stays noted. */
    void settle(UserLeaving leaving) {
        var user = users.find(leaving.userId()).orElse(null);
        if (user == null) {
            return;
        }
        // The tenant is asked first: it is stored here, while workspace-service may be down.
        if (isNeededByTenant(user) || contracts.hasAny(user.id())) {
            leavings.forgetLeaving(leaving);
            return;
        }
        var tenant = new Place(user.tenantId(), null, null);
        if (trail.bySystem(
                "user.delete",
                tenant,
                user.id(),
                () -> leavings.beginDeletion(leaving, events.deleted(user, leaving.by())))) {
            log.info("User {} of tenant {} has left the last contract and is deleted", user.id(), user.tenantId());
            deletion.finishIfPossible(user);
        }
    }

    private boolean isNeededByTenant(User user) {
        return tenants.find(user.tenantId())
                .filter(tenant -> needs(tenant, user.id()))
                .isPresent();
    }

    private static boolean needs(Tenant tenant, String userId) {
        return !tenant.rolesOf(userId).isEmpty() || tenant.isSupportedBy(userId);
    }
}
