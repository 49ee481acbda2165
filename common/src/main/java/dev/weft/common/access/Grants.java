package dev.weft.common.access;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one caller may do in one scope, as workspace-service answers it:
 * {@code {"tenantId","contractId","contractStatus","member","permissions":["workspaces.flow.edit",..],"policy"}}.
 *
 * @param contractId     null in tenant scope
 * @param contractStatus {@code active}, {@code suspending} or {@code suspended}; null in tenant scope
 * @param member         whether the caller is a member of the scope itself: the gate for reading
 * @param permissions    wire names, including those inherited from wider scopes
 * @param policy         the edition of the tenant's policy that they follow from; null when they follow from none
 */
public record Grants(
        String tenantId,
        @Nullable String contractId,
        @Nullable String contractStatus,
        boolean member,
        Set<String> permissions,
        @Nullable Long policy) {

    /** Grants that follow from no policy: what they are no change of one alters. */
    public Grants(
            String tenantId,
            @Nullable String contractId,
            @Nullable String contractStatus,
            boolean member,
            Set<String> permissions) {
        this(tenantId, contractId, contractStatus, member, permissions, null);
    }

    public Grants {
        // An answer without permissions fails here, where it is read, and not later where somebody asks for one.
        permissions = Set.copyOf(permissions);
    }

    public boolean has(Permission permission) {
        return permissions.contains(permission.wire());
    }

    public boolean isSuspended() {
        return contractStatus != null && !contractStatus.equals("active");
    }
}
