package dev.weft.identity.openid;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.OpenToAll;
import dev.weft.common.access.Permission;
import dev.weft.common.access.Scope;
import dev.weft.common.id.Ids;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.identity.directory.Directory;
import dev.weft.identity.directory.ForeignLogin;
import dev.weft.identity.leaver.UserLeftovers;
import dev.weft.identity.tenantrecord.TenantRepository;
import dev.weft.identity.userrecord.User;
import dev.weft.identity.userrecord.UserEvents;
import dev.weft.identity.userrecord.UserRepository;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** The use cases of foreign identities (api-v2 4.5). */
@Service
class OpenIdService implements UserLeftovers {

    private static final Logger log = LoggerFactory.getLogger(OpenIdService.class);

    private final OpenIdRepository identities;
    private final UserRepository users;
    private final TenantRepository tenants;
    private final Directory directory;
    private final UserEvents events;
    private final AccessClient access;
    private final Ids ids;

    OpenIdService(
            OpenIdRepository identities,
            UserRepository users,
            TenantRepository tenants,
            Directory directory,
            UserEvents events,
            AccessClient access,
            Ids ids) {
        this.identities = identities;
        this.users = users;
        this.tenants = tenants;
        this.directory = directory;
        this.events = events;
        this.access = access;
        this.ids = ids;
    }

    /** @param document read only once the caller may add identities */
    OpenIdIdentity add(Caller caller, String userId, Supplier<SentOpenIdIdentity> document) {
        var user = get(caller, userId);
        access.require(caller, Permission.TENANTS_OIDC_CREATE, new Scope.Tenant(user.tenantId()));
        var sent = document.get();
        var identity = new OpenIdIdentity(ids.next(), user.tenantId(), userId, sent.iss(), sent.sub());
        // Stored first: a link without its record could be taken away by nobody.
        if (!identities.insert(identity)) {
            // What a process that died has stored without its link gets that by a repetition.
            identities
                    .find(user.tenantId(), sent.iss(), sent.sub())
                    .filter(present -> present.userId().equals(userId))
                    .ifPresent(present -> directory.link(login(user, present)));
            throw Problem.of(ProblemCode.ALREADY_EXISTS, "A user of the tenant has this identity already.")
                    .at("sub")
                    .exception();
        }
        try {
            directory.link(login(user, identity));
            requireStillThere(userId);
        } catch (RuntimeException e) {
            takeBack(user, identity, e);
            throw e;
        }
        log.info("User {} is {} of {}, says {}", userId, sent.sub(), sent.iss(), caller.id());
        return identity;
    }

    /**
     * Of a refused request nothing stays (api-v2 15). The link may be there though the answer to it was lost; while it can
     * not be taken away its record stays, since the link lets somebody in.
     */
    private void takeBack(User user, OpenIdIdentity identity, RuntimeException why) {
        try {
            directory.unlink(login(user, identity));
            identities.remove(identity.id());
        } catch (RuntimeException e) {
            why.addSuppressed(e);
        }
    }

    /** What is left of a deleted user was removed perhaps just before this identity was stored. */
    private void requireStillThere(String userId) {
        if (users.find(userId).isEmpty()) {
            throw Problem.notFound("user", userId).exception();
        }
    }

    void remove(Caller caller, String userId, String id) {
        var user = get(caller, userId);
        var identity = identities
                .find(id)
                .filter(found -> found.userId().equals(userId))
                .orElseThrow(() -> Problem.notFound("OpenID identity", id).exception());
        access.require(caller, Permission.TENANTS_OIDC_DELETE, new Scope.Tenant(user.tenantId()));
        // The link first: while the directory is away nothing is answered and nothing has changed.
        directory.unlink(login(user, identity));
        identities.remove(id);
        users.tell(userId, events.keyChanged(user, caller.id()));
        log.info("User {} is no longer {} of {}, says {}", userId, identity.sub(), identity.iss(), caller.id());
    }

    private User get(Caller caller, String userId) {
        return users.find(userId)
                .filter(found -> caller.sees(found.tenantId()))
                .orElseThrow(() -> Problem.notFound("user", userId).exception());
    }

    private ForeignLogin login(User user, OpenIdIdentity identity) {
        var tenant = tenants.find(user.tenantId())
                .orElseThrow(() -> Problem.notFound("user", user.id()).exception());
        return new ForeignLogin(user.id(), user.email(), tenant.code(), identity.iss(), identity.sub());
    }

    /** Whether an identity of that id exists in the caller's tenant. */
    @OpenToAll("says no more than that an id is taken")
    boolean exists(Caller caller, String id) {
        return identities
                .find(id)
                .filter(identity -> caller.sees(identity.tenantId()))
                .isPresent();
    }

    @Override
    @OpenToAll("part of a deletion that was asked for")
    public void removeOf(String userId) {
        identities.removeOf(userId);
    }
}
