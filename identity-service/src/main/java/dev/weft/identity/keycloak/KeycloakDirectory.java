package dev.weft.identity.keycloak;

import dev.weft.identity.directory.BearerSubject;
import dev.weft.identity.directory.Directory;
import dev.weft.identity.directory.DirectoryAccount;
import dev.weft.identity.directory.ForeignLogin;
import dev.weft.identity.directory.PasswordAnswer;
import dev.weft.identity.keycloak.KeycloakUsers.FoundAccount;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.LinkedMultiValueMap;

/** Keycloak, used as the directory. */
class KeycloakDirectory implements Directory {

    private static final Logger log = LoggerFactory.getLogger(KeycloakDirectory.class);
    private static final String TOKEN = "/realms/" + Realm.NAME + "/protocol/openid-connect/token";

    /** Said of a right password only: the person has something left to do at a log-in page, such as a second factor. */
    private static final String UNFINISHED = "Account is not fully set up";

    private final KeycloakHttp http;
    private final KeycloakUsers users;
    private final Organizations organizations;
    private final IdentityProviders providers;
    private final SecondFactors factors;
    private final KeycloakTokens tokens;
    private final PasswordClientSecret secret;

    KeycloakDirectory(
            KeycloakHttp http,
            KeycloakUsers users,
            Organizations organizations,
            IdentityProviders providers,
            SecondFactors factors,
            KeycloakTokens tokens,
            PasswordClientSecret secret) {
        this.http = http;
        this.users = users;
        this.organizations = organizations;
        this.providers = providers;
        this.factors = factors;
        this.tokens = tokens;
        this.secret = secret;
    }

    @Override
    public void register(DirectoryAccount account, String password) {
        var there = users.find(account.email());
        if (there.isPresent() && !there.get().userId().equals(account.userId())) {
            // This service assigns e-mails to users, so an account without a user of ours is left from an interrupted
            // creation.
            log.info("Keycloak's account {} of nobody is replaced", there.get().keycloakId());
            users.delete(there.get());
            there = Optional.empty();
        }
        if (there.isEmpty()) {
            users.create(account, password);
            // A realm that is still without its user profile drops whose account it is, and would take none of its
            // tokens,
            // ever. The next attempt replaces that.
            there = users.find(account.email()).filter(found -> found.userId().equals(account.userId()));
        }
        // Also for an existing account: a crash may have come between the account and its organization.
        organizations.join(account, there.orElseThrow(KeycloakHttp::unavailable).keycloakId());
    }

    @Override
    public void remove(String userId, String email) {
        account(userId, email).ifPresent(users::delete);
    }

    @Override
    public void removeTenant(String tenantId, String code) {
        organizations.remove(tenantId, code);
    }

    /** Asks for a token with the password; what comes back is thrown away. */
    @Override
    public PasswordAnswer tryPassword(String email, String password) {
        var form = new LinkedMultiValueMap<String, String>();
        form.add("grant_type", "password");
        form.add("client_id", RealmClients.PASSWORD_CLIENT);
        form.add("client_secret", secret.value());
        form.add("username", email);
        form.add("password", password);
        var reply = http.postForm(TOKEN, form);
        if (reply.isOk()) {
            // Without a token it is not Keycloak that says so.
            var _ = KeycloakHttp.text(reply.body(), "access_token");
            return PasswordAnswer.RIGHT;
        }
        if (reply.body().path("error").asString("").equals("invalid_grant")) {
            if (reply.body().path("error_description").asString("").equals(UNFINISHED)) {
                return PasswordAnswer.RIGHT;
            }
            // A wrong password and a locked account get the same answer from Keycloak.
            return users.isLocked(email) ? PasswordAnswer.LOCKED : PasswordAnswer.WRONG;
        }
        log.warn("Keycloak did not check a password: {} {}", reply.status(), reply.body());
        throw KeycloakHttp.unavailable();
    }

    @Override
    public void askForSecondFactor(String userId, String email, boolean ask) {
        account(userId, email).ifPresent(user -> factors.ask(user.keycloakId(), ask));
    }

    private Optional<FoundAccount> account(String userId, String email) {
        return users.find(email).filter(user -> user.userId().equals(userId));
    }

    @Override
    public void removeSecondFactor(String userId, String email) {
        account(userId, email).ifPresent(user -> factors.remove(user.keycloakId()));
    }

    @Override
    public void unlock(String email) {
        users.unlock(email);
    }

    @Override
    public void changePassword(String userId, String email, String password) {
        var user = account(userId, email).orElseThrow(KeycloakHttp::unavailable);
        users.setPassword(user, password);
    }

    @Override
    public void link(ForeignLogin login) {
        providers.link(login);
    }

    @Override
    public void unlink(ForeignLogin login) {
        providers.unlink(login);
    }

    @Override
    public Optional<BearerSubject> subjectOf(String bearerToken) {
        return tokens.subjectOf(bearerToken);
    }
}
