package dev.weft.identity.authentication;

import dev.weft.common.access.OpenToAll;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.ProblemException;
import dev.weft.identity.apikey.ApiKeyRepository;
import dev.weft.identity.password.PasswordGuard;
import dev.weft.identity.serviceaccount.ServiceAccountRepository;
import dev.weft.identity.tenantrecord.TenantRepository;
import dev.weft.identity.token.TokenIssuer;
import dev.weft.identity.token.TokenSubject;
import dev.weft.identity.userrecord.EmailAddress;
import dev.weft.identity.userrecord.User;
import dev.weft.identity.userrecord.UserRepository;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Finds the caller of these credentials; unknown ones are refused with 401, after too many failures with 429. */
@Service
class AuthenticationService {

    /** No user has this id. */
    private static final String NOBODY = "nobody";

    private final UserRepository users;
    private final TenantRepository tenants;
    private final ApiKeyRepository keys;
    private final ServiceAccountRepository accounts;
    private final BearerUsers bearers;
    private final PasswordGuard passwords;
    private final FailedAttempts attempts;
    private final LoginNotes logins;
    private final MachineLogins machines;
    private final TokenIssuer tokens;

    AuthenticationService(
            UserRepository users,
            TenantRepository tenants,
            ApiKeyRepository keys,
            ServiceAccountRepository accounts,
            BearerUsers bearers,
            PasswordGuard passwords,
            FailedAttempts attempts,
            LoginNotes logins,
            MachineLogins machines,
            TokenIssuer tokens) {
        this.users = users;
        this.tenants = tenants;
        this.keys = keys;
        this.accounts = accounts;
        this.bearers = bearers;
        this.passwords = passwords;
        this.attempts = attempts;
        this.logins = logins;
        this.machines = machines;
        this.tokens = tokens;
    }

    @OpenToAll("asks who is there; the door has checked that the gateway asks")
    AuthenticatedCaller authenticate(AuthenticationRequest request) {
        return switch (request) {
            case AuthenticationRequest.Basic basic -> callerOf(basic(basic), null);
            case AuthenticationRequest.Bearer bearer ->
                MachineToken.read(bearer.token())
                        .map(token -> machine(token, addressOf(bearer.address())))
                        .orElseGet(() -> callerOf(
                                bearers.of(bearer.token())
                                        .map(this::subjectOf)
                                        .orElseThrow(AuthenticationService::unauthorized),
                                null));
        };
    }

    private AuthenticatedCaller machine(MachineToken token, String address) {
        var key = machines.authenticate(token, address);
        return callerOf(
                TokenSubject.machineKey(key.accessKey(), key.tenantId(), key.name(), key.binding()), key.expiresAt());
    }

    private AuthenticatedCaller callerOf(TokenSubject subject, @Nullable Instant end) {
        return AuthenticatedCaller.of(subject, tokens.issue(subject), end);
    }

    private static String addressOf(@Nullable String told) {
        return told == null ? "" : told;
    }

    private TokenSubject basic(AuthenticationRequest.Basic basic) {
        var email = EmailAddress.normal(basic.user());
        var user = users.findByEmail(email).orElse(null);
        var isKey = keys.isKeyOf(user == null ? NOBODY : user.id(), basic.secret());
        if (user != null && isKey) {
            return subjectOf(user);
        }
        // From here on an unknown e-mail takes as long as a known one, so the time of a refusal does not tell which one
        // it was.
        var account = accounts.authenticate(basic.user(), basic.secret());
        // If a user's e-mail equals a service account's login, the user wins, since a service account acts in every
        // tenant.
        if (user == null && account.isPresent()) {
            return TokenSubject.serviceAccount(account.get().id(), account.get().login());
        }
        var address = addressOf(basic.address());
        if (!basic.passwordAllowed()) {
            var isOneTooMany = attempts.count(email, address).ofMinute() > FailedAttempts.LIMIT;
            throw isOneTooMany ? tooMany() : unauthorized();
        }
        return switch (passwords.check(email, basic.secret(), address)) {
            case RIGHT ->
                Optional.ofNullable(user).map(this::subjectOf).orElseThrow(AuthenticationService::unauthorized);
            case WRONG -> throw unauthorized();
            case TOO_MANY -> throw tooMany();
        };
    }

    private TokenSubject subjectOf(User user) {
        logins.note(user);
        var roles = tenants.find(user.tenantId())
                .orElseThrow(AuthenticationService::unauthorized)
                .rolesOf(user.id());
        return TokenSubject.user(user.id(), user.tenantId(), user.email(), roles);
    }

    static ProblemException tooMany() {
        return Problem.of(ProblemCode.TOO_MANY_REQUESTS, "Too many failed log-ins; try again in a minute.")
                .exception();
    }

    static ProblemException unauthorized() {
        return Problem.of(ProblemCode.UNAUTHORIZED, "The credentials are missing or wrong.")
                .exception();
    }
}
