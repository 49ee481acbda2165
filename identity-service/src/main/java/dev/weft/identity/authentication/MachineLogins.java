package dev.weft.identity.authentication;

import dev.weft.identity.machinekey.MachineKey;
import dev.weft.identity.machinekey.MachineKeyRepository;
import dev.weft.identity.tenantrecord.TenantRepository;
import java.time.Clock;
import org.springframework.stereotype.Service;

/** Finds the machine key of which a token was made. */
@Service
class MachineLogins {

    private final MachineKeyRepository keys;
    private final TenantRepository tenants;
    private final FailedAttempts attempts;
    private final LoginNotes notes;
    private final Clock clock;

    MachineLogins(
            MachineKeyRepository keys,
            TenantRepository tenants,
            FailedAttempts attempts,
            LoginNotes notes,
            Clock clock) {
        this.keys = keys;
        this.tenants = tenants;
        this.attempts = attempts;
        this.notes = notes;
        this.clock = clock;
    }

    /** Refuses with 401 what is of no key, and with 429 who has tried that too often. */
    MachineKey authenticate(MachineToken token, String address) {
        var now = clock.instant();
        var key = keys.find(token.accessKey()).filter(token::isSignedWith).orElse(null);
        if (key == null) {
            // Only what may be a guess counts: a right key with a wrong clock is nobody's attack.
            var isOneTooMany = attempts.count(token.accessKey(), address).ofMinute() > FailedAttempts.LIMIT;
            throw isOneTooMany ? AuthenticationService.tooMany() : AuthenticationService.unauthorized();
        }
        if (key.isExpired(now)
                || !token.holds(key, now)
                || tenants.find(key.tenantId()).isEmpty()) {
            throw AuthenticationService.unauthorized();
        }
        notes.note(key);
        return key;
    }
}
