package dev.weft.workspace.contract;

import dev.weft.workspace.membership.Members;
import dev.weft.workspace.permission.RoleName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant closes with a customer: the owner of workspaces and teams, with its members and the roles they may have
 * (api-v2 5.1).
 *
 * @param availableRoles the roles usable in it; empty means all of the tenant
 * @param settings       what a client may set beside name and roles
 * @param suspension     the revision that began its last suspension, 0 before the first; news about another one is void
 * @param revision       counts the changes; a change holds only on the revision it was decided on
 */
public record Contract(
        String id,
        String tenantId,
        String name,
        Status status,
        List<RoleName> availableRoles,
        Settings settings,
        Members members,
        long suspension,
        long revision) {

    /** Where a contract is in its life (api-v2 5.3); one under deletion is visible nowhere. */
    public enum Status {
        ACTIVE,
        SUSPENDING,
        SUSPENDED,
        DELETING;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Status of(String wire) {
            return valueOf(wire.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * What may be set on a contract and need not be.
     *
     * @param customData the text of a JSON object, which may have any member names
     */
    public record Settings(
            @Nullable Boolean flowStatsEnabledDefault,
            @Nullable String supportUserId,
            @Nullable String customData) {

        static Settings none() {
            return new Settings(null, null, null);
        }

        Settings withoutSupportUser(String userId) {
            return new Settings(
                    flowStatsEnabledDefault, userId.equals(supportUserId) ? null : supportUserId, customData);
        }

        Settings with(Change change) {
            return new Settings(
                    change.flowStatsEnabledDefault() == null
                            ? flowStatsEnabledDefault
                            : change.flowStatsEnabledDefault(),
                    change.supportUserId() == null ? supportUserId : change.supportUserId(),
                    change.customData() == null ? customData : change.customData());
        }
    }

    /** What a request wants a contract to be; null where it says nothing. */
    record Change(
            @Nullable String name,
            @Nullable List<RoleName> availableRoles,
            @Nullable Boolean flowStatsEnabledDefault,
            @Nullable String supportUserId,
            @Nullable String customData) {}

    /** A contract as one caller may see it. */
    record View(Contract contract, boolean withCustomData) {}

    public static Contract open(String id, String tenantId, String name) {
        return new Contract(id, tenantId, name, Status.ACTIVE, List.of(), Settings.none(), Members.none(), 0, 0);
    }

    /** Applies a request: what it does not name stays. */
    Contract with(Change change) {
        var roles = change.availableRoles();
        return new Contract(
                id,
                tenantId,
                change.name() == null ? name : change.name(),
                status,
                roles == null ? availableRoles : withOwners(roles),
                settings.with(change),
                members,
                suspension,
                revision);
    }

    public Contract with(Members others) {
        return new Contract(id, tenantId, name, status, availableRoles, settings, others, suspension, revision);
    }

    /** Without that support user; as it is when it has another one. */
    Contract withoutSupportUser(String userId) {
        return new Contract(
                id,
                tenantId,
                name,
                status,
                availableRoles,
                settings.withoutSupportUser(userId),
                members,
                suspension,
                revision);
    }

    public Contract with(Status other) {
        return new Contract(id, tenantId, name, other, availableRoles, settings, members, suspension, revision);
    }

    /** Being suspended from now on. */
    public Contract suspend() {
        return new Contract(
                id, tenantId, name, Status.SUSPENDING, availableRoles, settings, members, revision + 1, revision);
    }

    Contract next() {
        return new Contract(id, tenantId, name, status, availableRoles, settings, members, suspension, revision + 1);
    }

    public boolean isActive() {
        return status == Status.ACTIVE;
    }

    /** Both owner roles can not be withheld: a list that names any role names them too (api-v2 3.4). */
    private static List<RoleName> withOwners(List<RoleName> roles) {
        if (roles.isEmpty()) {
            return roles;
        }
        var all = new LinkedHashSet<>(roles);
        all.add(RoleName.ofContract("owner"));
        all.add(RoleName.ofWorkspace("owner"));
        return new ArrayList<>(all);
    }

    /** Whether the role may be used in this contract. */
    public boolean allows(RoleName role) {
        return availableRoles.isEmpty() || availableRoles.contains(role);
    }
}
