package dev.weft.identity.bootstrap;

import dev.weft.common.id.Ids;
import dev.weft.identity.apikey.ApiKeyRepository;
import dev.weft.identity.directory.DirectoryAccount;
import dev.weft.identity.serviceaccount.ServiceAccountRepository;
import dev.weft.identity.tenant.TenantEvents;
import dev.weft.identity.tenantrecord.Tenant;
import dev.weft.identity.tenantrecord.TenantRepository;
import dev.weft.identity.tenantrecord.TenantSaving;
import dev.weft.identity.userrecord.EmailAddress;
import dev.weft.identity.userrecord.User;
import dev.weft.identity.userrecord.UserRepository;
import dev.weft.identity.userrecord.UserReservations;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Creates the default tenant, its administrator and a service account, each only if it is missing; nothing is ever
 * overwritten. Several replicas may do it at once: the tenant's record, whose code is unique, decides which id the
 * administrator has.
 */
@Service
class Bootstrap {

    private static final Logger log = LoggerFactory.getLogger(Bootstrap.class);

    private final TenantRepository tenants;
    private final TenantEvents events;
    private final UserRepository users;
    private final UserReservations reservations;
    private final ApiKeyRepository keys;
    private final ServiceAccountRepository accounts;
    private final BootstrapProperties properties;
    private final Ids ids;
    private final Clock clock;

    Bootstrap(
            TenantRepository tenants,
            TenantEvents events,
            UserRepository users,
            UserReservations reservations,
            ApiKeyRepository keys,
            ServiceAccountRepository accounts,
            BootstrapProperties properties,
            Ids ids,
            Clock clock) {
        this.tenants = tenants;
        this.events = events;
        this.users = users;
        this.reservations = reservations;
        this.keys = keys;
        this.accounts = accounts;
        this.properties = properties;
        this.ids = ids;
        this.clock = clock;
    }

    /** Makes what is missing; answers the administrator's account, which the directory may not have yet. */
    Optional<DirectoryAccount> run(BootstrapFile file) {
        if (users.findByEmail(EmailAddress.normal(file.admin().email())).isEmpty()) {
            file.admin().requirePassword();
        }
        accounts.addFirst(file.account().login(), file.account().password());
        var code = file.tenant().code();
        if (tenants.findByCode(code).isEmpty() && tenants.isTaken(code)) {
            log.warn("The tenant {} is being deleted; it is made again at a start after that", code);
            return Optional.empty();
        }
        var tenant = tenantOf(code);
        var email = EmailAddress.normal(file.admin().email());
        var admin = users.findByEmail(email).or(() -> makeAdmin(tenant, email));
        if (admin.isEmpty() || !admin.get().tenantId().equals(tenant.id())) {
            log.warn(
                    "The address {} is taken; the tenant {} gets no administrator from the file", email, tenant.code());
            return Optional.empty();
        }
        keys.addFirst(admin.get().id(), file.admin().apiKey());
        return admin.map(user -> new DirectoryAccount(
                user.id(), user.email(), user.firstName(), user.lastName(), tenant.id(), tenant.code()));
    }

    private Tenant tenantOf(String code) {
        return tenants.findByCode(code).orElseGet(() -> {
            var tenant = new Tenant(
                    ids.next(),
                    code,
                    "Default",
                    properties.publicUrl().getHost(),
                    "noreply@" + properties.publicUrl().getHost(),
                    Map.of("is_default", true),
                    List.of(ids.next()),
                    clock.instant(),
                    1);
            if (tenants.insert(tenant, events.created(tenant, null)) == TenantSaving.DONE) {
                log.info("Tenant {} ({}) was made", tenant.code(), tenant.id());
                return tenant;
            }
            return tenants.findByCode(code)
                    .orElseThrow(() -> new IllegalStateException("Another tenant is the default, or has the domain "
                            + properties.publicUrl().getHost()));
        });
    }

    private Optional<User> makeAdmin(Tenant tenant, String email) {
        if (tenant.admins().isEmpty()) {
            return Optional.empty();
        }
        var user = new User(
                tenant.admins().getFirst(), tenant.id(), email, "Tenant", "Admin", null, clock.instant(), null);
        // Visible at once: the administrator's key must work even while the directory is still starting.
        if (reservations.reserve(user, null)) {
            reservations.activate(user.id());
            log.info("Administrator {} of tenant {} was made", user.id(), tenant.code());
        }
        return users.findByEmail(email);
    }
}
