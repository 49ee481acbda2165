package dev.weft.identity.tenantend;

import dev.weft.common.problem.ProblemException;
import dev.weft.identity.directory.Directory;
import dev.weft.identity.leaver.UserDeletion;
import dev.weft.identity.tenantrecord.Tenant;
import dev.weft.identity.tenantrecord.TenantRepository;
import dev.weft.identity.userrecord.UserEvents;
import dev.weft.identity.userrecord.UserRepository;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Deletes what is left of a deleted tenant step by step; each may be repeated, and the record is removed last. */
@Service
class TenantEnding {

    private static final Logger log = LoggerFactory.getLogger(TenantEnding.class);
    /** As many as one request waits for; each is some calls to the directory. */
    private static final int SOME = 20;

    private final TenantRepository tenants;
    private final UserRepository users;
    private final UserEvents events;
    private final UserDeletion deletion;
    private final Directory directory;
    private final List<TenantLeftovers> leftovers;

    TenantEnding(
            TenantRepository tenants,
            UserRepository users,
            UserEvents events,
            UserDeletion deletion,
            Directory directory,
            List<TenantLeftovers> leftovers) {
        this.tenants = tenants;
        this.users = users;
        this.events = events;
        this.deletion = deletion;
        this.directory = directory;
        this.leftovers = leftovers;
    }

    /** After a deletion was accepted: what is not possible now {@link UnfinishedTenants} does. */
    void beginIfPossible(Tenant tenant) {
        try {
            deleteSome(tenant);
            finishIfEmpty(tenant);
        } catch (ProblemException e) {
            log.info("What is left of tenant {} goes when the directory is back", tenant.id());
        }
    }

    /** All of it; refused with {@code unavailable} while the directory is away. */
    void finish(Tenant tenant) {
        while (deleteSome(tenant)) {
            log.debug("Tenant {} has more users to delete", tenant.id());
        }
        finishIfEmpty(tenant);
    }

    /** False when there was none left that is not being deleted. */
    private boolean deleteSome(Tenant tenant) {
        var some = users.list(tenant.id(), 0, SOME);
        for (var user : some) {
            if (users.beginDeletion(user.id(), events.deleted(user, ""))) {
                deletion.finishIfPossible(user);
            }
        }
        return !some.isEmpty();
    }

    private void finishIfEmpty(Tenant tenant) {
        // Also users who are being made or deleted: whoever makes one looks afterwards whether the tenant is there.
        if (users.haveAnyOf(tenant.id())) {
            return;
        }
        leftovers.forEach(feature -> feature.removeAllOf(tenant.id()));
        directory.removeTenant(tenant.id(), tenant.code());
        // Last: as long as the record exists, the sweep returns to finish what a crash left.
        tenants.endDeletion(tenant.id());
    }
}
