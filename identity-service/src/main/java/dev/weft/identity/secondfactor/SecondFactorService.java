package dev.weft.identity.secondfactor;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.Permission;
import dev.weft.common.access.Scope;
import dev.weft.common.problem.Problem;
import dev.weft.identity.directory.Directory;
import dev.weft.identity.tenantrecord.SecondFactor;
import dev.weft.identity.tenantrecord.Tenant;
import dev.weft.identity.tenantrecord.TenantRepository;
import dev.weft.identity.userrecord.UserRepository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** How somebody's second factor is taken away, as when the telephone is lost. */
@Service
class SecondFactorService {

    private static final Logger log = LoggerFactory.getLogger(SecondFactorService.class);

    private final UserRepository users;
    private final TenantRepository tenants;
    private final Directory directory;
    private final AccessClient access;

    SecondFactorService(UserRepository users, TenantRepository tenants, Directory directory, AccessClient access) {
        this.users = users;
        this.tenants = tenants;
        this.directory = directory;
        this.access = access;
    }

    void disable(Caller caller, String userId) {
        var user = users.find(userId)
                .filter(found -> caller.sees(found.tenantId()))
                .orElseThrow(() -> Problem.notFound("user", userId).exception());
        access.require(caller, Permission.TENANTS_USER_DISABLE_TOTP, new Scope.Tenant(user.tenantId()));
        directory.removeSecondFactor(user.id(), user.email());
        var forced = tenants.find(user.tenantId())
                .map(Tenant::secondFactor)
                .filter(SecondFactor.FORCED::equals)
                .isPresent();
        // Where all must have one, it is a new one that is asked for.
        directory.askForSecondFactor(user.id(), user.email(), forced);
        log.info("The second factor of user {} was taken away by {}", userId, caller.id());
    }
}
