package dev.weft.identity.tenant;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A customer of the installation.
 *
 * @param code     names the tenant in addresses and in the directory; unique
 * @param settings everything else of api-v2 4.1 that was ever set, by its name on the wire
 * @param admins   ids of the users with the role {@code tenant-admin}: together in this one record, so that the last
 *                 one can be protected by one conditional update
 * @param revision counts the changes, from 1, those of administrators left out; a changed tenant is saved over the
 *                 revision before
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

    /** The next revision, with other settings. */
    Tenant with(Map<String, Object> others) {
        return new Tenant(id, code, name, appDomain, emailFrom, others, admins, createdAt, revision + 1);
    }

    /** The tenant roles of a user. */
    public List<String> rolesOf(String userId) {
        return admins.contains(userId) ? List.of(ADMIN_ROLE) : List.of();
    }

    /** Whether the user is who helps the members of its workspaces. */
    public boolean isSupportedBy(String userId) {
        return userId.equals(settings.get("support_user_id"));
    }

    /** Whether the tenant takes no users with addresses of that domain (lower case). */
    public boolean refusesDomain(String domain) {
        return settings.get("email_domains_blacklist") instanceof List<?> refused && refused.contains(domain);
    }

    /** {@code full} or {@code limited}. */
    String defaultWorkspaceType() {
        return settings.get("default_workspace_type") instanceof String type ? type : "full";
    }

    /** Whether flows keep inputs and outputs, as far as the tenant is asked; unset means yes (api-v2 9.4). */
    boolean keepsFlowStats() {
        return !Boolean.FALSE.equals(settings.get("flow_stats_enabled_default"));
    }

    public boolean isDefault() {
        return Boolean.TRUE.equals(settings.get("is_default"));
    }
}
