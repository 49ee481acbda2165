package dev.weft.identity.tenantrecord;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A customer of the installation.
 *
 * @param code     names the tenant in addresses and in the directory; unique
 * @param settings everything else of api-v2 4.1 that was ever set, by its name on the wire
 * @param admins   ids of the users with the role {@code tenant-admin}: all in this one record, so that a conditional
 *                 update can protect the last one
 * @param revision counts the changes, from 1, except those of administrators; a changed tenant replaces the revision
 *                 before it
 */
public record Tenant(
        String id,
        String code,
        String name,
        String appDomain,
        String emailFrom,
        Map<String, Object> settings,
        List<String> admins,
        Instant createdAt,
        long revision) {

    public static final String ADMIN_ROLE = "tenant-admin";

    public static final String IS_DEFAULT = "is_default";
    public static final String SUPPORT_USER = "support_user_id";
    public static final String FEATURE_FLAGS = "feature_flags";
    /** So many {@code hide_*} attributes there are at most. */
    public static final int MOST_HIDDEN = 100;

    /** The next revision, with other settings. */
    public Tenant with(Map<String, Object> others) {
        return new Tenant(id, code, name, appDomain, emailFrom, others, admins, createdAt, revision + 1);
    }

    /** The next revision, with what the change sets. */
    public Tenant with(TenantChange change) {
        var changed = new LinkedHashMap<>(settings);
        changed.putAll(change.settings());
        if (change.settings().get(FEATURE_FLAGS) instanceof Map<?, ?> sent) {
            var flags = new LinkedHashMap<Object, Object>();
            if (settings.get(FEATURE_FLAGS) instanceof Map<?, ?> present) {
                flags.putAll(present);
            }
            flags.putAll(sent);
            changed.put(FEATURE_FLAGS, flags);
        }
        return new Tenant(
                id,
                Objects.requireNonNullElse(change.code(), code),
                Objects.requireNonNullElse(change.name(), name),
                Objects.requireNonNullElse(change.appDomain(), appDomain),
                Objects.requireNonNullElse(change.emailFrom(), emailFrom),
                changed,
                admins,
                createdAt,
                revision + 1);
    }

    /** The next revision, with what a request has changed as it was before, except what has been changed again since. */
    public Tenant withoutChange(Tenant before, Tenant after) {
        var others = new LinkedHashMap<>(settings);
        after.settings.forEach((setting, value) -> {
            var former = before.settings.get(setting);
            if (!value.equals(settings.get(setting))) {
                return;
            }
            if (former == null) {
                others.remove(setting);
            } else {
                others.put(setting, former);
            }
        });
        return new Tenant(
                id,
                code.equals(after.code) ? before.code : code,
                name.equals(after.name) ? before.name : name,
                appDomain.equals(after.appDomain) ? before.appDomain : appDomain,
                emailFrom.equals(after.emailFrom) ? before.emailFrom : emailFrom,
                others,
                admins,
                createdAt,
                revision + 1);
    }

    public boolean hidesTooMuch() {
        return settings.keySet().stream()
                        .filter(name -> name.startsWith("hide_"))
                        .count()
                > MOST_HIDDEN;
    }

    /** The tenant roles of a user. */
    public List<String> rolesOf(String userId) {
        return admins.contains(userId) ? List.of(ADMIN_ROLE) : List.of();
    }

    /** Who helps the members of its workspaces; null for nobody. */
    public @Nullable String supportUserId() {
        return settings.get(SUPPORT_USER) instanceof String user ? user : null;
    }

    /** Whether a feature flag is on; one that was never set is off. */
    public boolean hasFlag(String flag) {
        return settings.get(FEATURE_FLAGS) instanceof Map<?, ?> flags && Boolean.TRUE.equals(flags.get(flag));
    }

    /** Whether the user is who helps the members of its workspaces. */
    public boolean isSupportedBy(String userId) {
        return userId.equals(settings.get(SUPPORT_USER));
    }

    /** Whether the tenant takes no users with addresses of that domain (lower case). */
    public boolean refusesDomain(String domain) {
        return settings.get("email_domains_blacklist") instanceof List<?> refused && refused.contains(domain);
    }

    /** {@code full} or {@code limited}. */
    public String defaultWorkspaceType() {
        return settings.get("default_workspace_type") instanceof String type ? type : "full";
    }

    /** Whether flows keep inputs and outputs, as far as the tenant is asked; unset means yes (api-v2 9.4). */
    public boolean keepsFlowStats() {
        return !Boolean.FALSE.equals(settings.get("flow_stats_enabled_default"));
    }

    public SecondFactor secondFactor() {
        if (hasFlag("forced_totp")) {
            return SecondFactor.FORCED;
        }
        return hasFlag("enabled_totp") ? SecondFactor.ALLOWED : SecondFactor.OFF;
    }

    public boolean isDefault() {
        return Boolean.TRUE.equals(settings.get(IS_DEFAULT));
    }
}
