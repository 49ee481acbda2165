package dev.weft.identity.policyrecord;

/** What tells the roles of a tenant apart: {@code {"scope":"workspaces","role":"integrator"}}. */
public record RoleKey(String scope, String role) {

    public static final String CONTRACTS = "contracts";
    public static final String WORKSPACES = "workspaces";
    public static final String TENANTS = "tenants";
}
