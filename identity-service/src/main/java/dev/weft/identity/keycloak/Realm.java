package dev.weft.identity.keycloak;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The settings of the realm, in the form of Keycloak's admin API. */
final class Realm {

    static final String NAME = "weft";
    static final String AUDIENCE = "weft-gateway";
    static final String USER_CLAIM = "weft_user";
    static final String TENANT_CLAIM = "weft_tenant";
    /** Clients that Keycloak gives each realm: one takes passwords, the other is its administration. Nobody needs them here. */
    static final List<String> UNUSED_CLIENTS = List.of("admin-cli", "security-admin-console");

    private static final int LOCK_SECONDS = 30;

    /** The rule of {@code password.PasswordRule}, in Keycloak's words. */
    private static final String PASSWORD_POLICY = "length(8) and maxLength(256) and regexPattern("
            + "^(?=.*\\p{L})(?=.*\\p{Nd})(?=.*[^\\p{L}\\p{Nd}\\p{Cc}]).*$)";

    private Realm() {}

    /** What a realm is made with and later left to its operator. */
    static Map<String, Object> settings() {
        var settings = new HashMap<>(rules());
        settings.put("displayName", "Weft");
        settings.put("enabled", true);
        return settings;
    }

    /**
     * What holds in every realm, also in one that an older release made (api-v2 2 and 4.5): users are named by e-mail;
     * after ten wrong passwords, each within a minute of the one before, none of that user is looked at for
     * {@value #LOCK_SECONDS} seconds, which one more wrong password renews; and a password that a person sets at a page of
     * Keycloak's obeys the rule that the API has.
     */
    static Map<String, Object> rules() {
        return Map.ofEntries(
                Map.entry("realm", NAME),
                Map.entry("organizationsEnabled", true),
                Map.entry("registrationAllowed", false),
                Map.entry("resetPasswordAllowed", false),
                // End users of the data family may have the same e-mail as a user of the platform; user names tell them
                // apart.
                Map.entry("duplicateEmailsAllowed", true),
                Map.entry("loginWithEmailAllowed", false),
                Map.entry("verifyEmail", false),
                Map.entry("passwordPolicy", PASSWORD_POLICY),
                Map.entry("bruteForceProtected", true),
                Map.entry("permanentLockout", false),
                Map.entry("failureFactor", 10),
                Map.entry("maxDeltaTimeSeconds", 60),
                // Keycloak counts per user, whatever the address: a longer lock would not keep a guesser out better,
                // but would let a stranger lock the owner out for longer.
                Map.entry("waitIncrementSeconds", LOCK_SECONDS),
                Map.entry("maxFailureWaitSeconds", LOCK_SECONDS),
                Map.entry("bruteForceStrategy", "MULTIPLE"),
                Map.entry("maxTemporaryLockouts", 0),
                // 0: otherwise the second wrong password within a second would lock a person out.
                Map.entry("quickLoginCheckMilliSeconds", 0),
                Map.entry("accessTokenLifespan", 300));
    }

    /**
     * Declares the two attributes that tokens carry: what is not declared is dropped, and what a user might edit must
     * not name a tenant. No other rules: our own are stricter, and a refusal of Keycloak's could not be explained.
     */
    static Map<String, Object> userProfile() {
        return Map.of(
                "unmanagedAttributePolicy",
                "ADMIN_EDIT",
                "attributes",
                List.of(
                        attribute("username", false),
                        attribute("email", false),
                        attribute("firstName", false),
                        attribute("lastName", false),
                        attribute(USER_CLAIM, true),
                        attribute(TENANT_CLAIM, true)));
    }

    private static Map<String, Object> attribute(String name, boolean hidden) {
        return Map.of(
                "name",
                name,
                "permissions",
                Map.of("view", hidden ? List.of("admin") : List.of("admin", "user"), "edit", List.of("admin")),
                "multivalued",
                false);
    }
}
