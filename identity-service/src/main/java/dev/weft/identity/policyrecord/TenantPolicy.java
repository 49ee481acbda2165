package dev.weft.identity.policyrecord;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All roles of a tenant.
 *
 * @param revision counts the changes; 0 while it is the one that every tenant starts with
 */
public record TenantPolicy(String tenantId, long revision, List<PolicyRole> roles) {

    /** The roles that a release of this service gives a tenant that has never changed them. */
    public static TenantPolicy initial(String tenantId) {
        return new TenantPolicy(tenantId, 0, DefaultRoles.ALL);
    }

    /**
     * The next revision. A predefined role that is left out comes back: owner rules and the administration of the tenant
     * stand on them (api-v2 3.4).
     */
    public TenantPolicy with(List<PolicyRole> wished) {
        var named = keys(wished);
        var all = new ArrayList<>(wished);
        DefaultRoles.PREDEFINED.values().stream()
                .filter(role -> !named.contains(role.key()))
                .forEach(all::add);
        return new TenantPolicy(tenantId, revision + 1, List.copyOf(all));
    }

    /** The roles of this policy that the other has no longer. */
    public Set<RoleKey> lostIn(TenantPolicy next) {
        var lost = new HashSet<>(keys(roles));
        lost.removeAll(keys(next.roles));
        return Set.copyOf(lost);
    }

    private static Set<RoleKey> keys(List<PolicyRole> roles) {
        return roles.stream().map(PolicyRole::key).collect(Collectors.toSet());
    }
}
