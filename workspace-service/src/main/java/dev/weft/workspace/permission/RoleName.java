package dev.weft.workspace.permission;

/** A role's name within its scope: {@code {"scope":"workspaces","role":"integrator"}}. */
public record RoleName(String scope, String role) {

    public static final String CONTRACTS = "contracts";
    public static final String WORKSPACES = "workspaces";

    public static RoleName ofContract(String role) {
        return new RoleName(CONTRACTS, role);
    }

    public static RoleName ofWorkspace(String role) {
        return new RoleName(WORKSPACES, role);
    }

    public boolean isOwner() {
        return role.equals("owner");
    }
}
