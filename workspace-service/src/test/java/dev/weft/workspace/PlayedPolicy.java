package dev.weft.workspace;

import dev.weft.common.access.Permission;
import dev.weft.common.access.Permission.Holder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A tenant's policy as identity-service tells it; {@link #INITIAL} is the one that every tenant starts with (api-v2 3.3). */
public record PlayedPolicy(long revision, List<PlayedRole> roles) {

    /** A role of it. */
    public record PlayedRole(String scope, String role, List<String> permissions, Map<String, String> i18n) {}

    private static final Predicate<Permission> INTEGRATOR = permission -> permission.holder() == Holder.ASSIGNABLE
            && permission
                    .wire()
                    .matches("workspaces\\.(flow|recipe|credential|logs|auth_secret|topic|vpn_agent)\\..*"
                            + "|global\\.auth_clients\\..*");

    public static final PlayedPolicy INITIAL = new PlayedPolicy(
            0,
            List.of(
                    role(
                            "contracts",
                            "owner",
                            named("contracts\\.(contract|membership|workspace|workspace_limits)\\.\\w+"
                                    + "|global\\..*")),
                    role(
                            "contracts",
                            "admin",
                            named("contracts\\.(membership|workspace|repository|devTeam)\\.\\w+"
                                    + "|global\\.auth_clients\\..*")),
                    role("contracts", "member", named("contracts\\.workspace\\.create")),
                    role("workspaces", "owner", named("workspaces\\..*|global\\.auth_clients\\..*")),
                    role(
                            "workspaces",
                            "admin",
                            INTEGRATOR.or(named("workspaces\\.workspace\\.edit(_membership_support)?"))),
                    role("workspaces", "integrator", INTEGRATOR),
                    role("workspaces", "guest", _ -> false),
                    role(
                            "tenants",
                            "tenant-admin",
                            permission -> permission.holder() == Holder.TENANT_ADMIN
                                    || permission == Permission.CONTRACTS_CONTRACT_EDIT)));

    private static Predicate<Permission> named(String names) {
        return permission ->
                permission.holder() == Holder.ASSIGNABLE && permission.wire().matches(names);
    }

    private static PlayedRole role(String scope, String role, Predicate<Permission> granted) {
        var names = Stream.of(Permission.values())
                .filter(granted)
                .map(Permission::wire)
                .sorted()
                .toList();
        return new PlayedRole(scope, role, names, Map.of("en", role));
    }

    /** The next revision, with that role; in place of the one of its name, if there is one. */
    public PlayedPolicy with(String scope, String role, String... permissions) {
        var others = new ArrayList<>(without(scope, role).roles);
        others.add(new PlayedRole(scope, role, List.of(permissions), Map.of("en", role)));
        return new PlayedPolicy(revision + 1, List.copyOf(others));
    }

    /** The next revision, without that role. */
    public PlayedPolicy without(String scope, String role) {
        var left = roles.stream()
                .filter(one -> !one.scope.equals(scope) || !one.role.equals(role))
                .toList();
        return new PlayedPolicy(revision + 1, left);
    }
}
