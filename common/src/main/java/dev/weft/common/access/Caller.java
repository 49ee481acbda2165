package dev.weft.common.access;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, as the internal token says.
 *
 * @param tenantId null for service accounts and services, which belong to no tenant
 * @param bearer   the value of the Authorization header, passed on when this service calls another one for the caller
 * @param binding  of a machine key; null for everybody else
 */
public record Caller(
        Kind kind,
        String id,
        @Nullable String tenantId,
        String name,
        List<String> tenantRoles,
        String bearer,
        @Nullable KeyBinding binding) {

    /** Somebody who is no machine key. */
    public Caller(
            Kind kind, String id, @Nullable String tenantId, String name, List<String> tenantRoles, String bearer) {
        this(kind, id, tenantId, name, tenantRoles, bearer, null);
    }

    /**
     * What a machine key may reach (api-v2 12a).
     *
     * @param contractId null for a key of the tenant, which sees all its workspaces
     * @param role       {@code owner}, {@code admin} or {@code member}
     */
    public record KeyBinding(@Nullable String contractId, String role) {}

    /** The kinds of caller that a token can name. */
    public enum Kind {
        USER("user"),
        SERVICE_ACCOUNT("service-account"),
        MACHINE_KEY("machine-key"),
        SERVICE("service");

        private final String wire;

        Kind(String wire) {
            this.wire = wire;
        }

        public String wire() {
            return wire;
        }

        public static Kind of(String wire) {
            for (var kind : values()) {
                if (kind.wire.equals(wire)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("No kind of caller: " + wire);
        }
    }

    public boolean isTenantAdmin() {
        return tenantRoles.contains("tenant-admin");
    }

    public boolean isServiceAccount() {
        return kind == Kind.SERVICE_ACCOUNT;
    }

    public boolean isService() {
        return kind == Kind.SERVICE;
    }

    /** Whether something of that tenant is visible at all: a service account and a service see every tenant. */
    public boolean sees(String ofTenant) {
        return tenantId == null || tenantId.equals(ofTenant);
    }
}
