package dev.weft.identity.policy;

import dev.weft.common.access.Permission;
import dev.weft.common.problem.RequestFaults;
import dev.weft.identity.policyrecord.DefaultRoles;
import dev.weft.identity.policyrecord.PolicyRole;
import dev.weft.identity.policyrecord.RoleKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Reads one role of a policy; a part that is wrong is a fault, and read as empty.
 *
 * @param place of the role among the attributes: {@code roles/3}
 */
record PolicyRoleForm(JsonNode sent, String place, RequestFaults faults) {

    private static final int LONGEST_ROLE = 64;
    private static final int LONGEST_NAME = 64;
    private static final int MOST_LANGUAGES = 20;
    /** The store takes no dots in names. */
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z0-9_-]{1,35}");

    private static final Pattern LINE = Pattern.compile("[^\\p{Cc}\\p{Cs}]+");
    /** The spelling of older clients, never shown (api-v2 3.1). */
    private static final Map<String, String> SINGULAR =
            Map.of("tenant.", "tenants.", "contract.", "contracts.", "workspace.", "workspaces.");

    PolicyRole read() {
        if (!sent.isObject()) {
            faults.add(place, "A role must be an object {role, scope, permissions, i18n}.");
            return new PolicyRole(new RoleKey("", ""), Collections.emptySortedSet(), Map.of());
        }
        var scope = scope();
        return new PolicyRole(new RoleKey(scope, role()), permissions(scope), i18n());
    }

    private void fault(String part, String detail) {
        faults.add(place + "/" + part, detail);
    }

    private String scope() {
        var scope = sent.path("scope").asString("");
        return switch (scope) {
            case RoleKey.CONTRACTS, RoleKey.WORKSPACES, RoleKey.TENANTS -> scope;
            default -> {
                fault("scope", "scope must be contracts, workspaces or tenants.");
                yield "";
            }
        };
    }

    private String role() {
        var role = line(sent.path("role"), LONGEST_ROLE);
        if (role.isEmpty()) {
            fault("role", "role must be one line of 1 to " + LONGEST_ROLE + " characters.");
        }
        return role.orElse("");
    }

    private static Optional<String> line(JsonNode node, int longest) {
        return node.isString()
                ? Optional.of(node.stringValue().strip())
                        .filter(text -> text.length() <= longest)
                        .filter(text -> LINE.matcher(text).matches())
                : Optional.empty();
    }

    private SortedSet<Permission> permissions(String scope) {
        var all = new TreeSet<Permission>();
        var names = sent.path("permissions");
        if (!names.isArray()) {
            fault("permissions", "permissions is required: a list of names, which may be empty.");
            return all;
        }
        for (int i = 0; i < names.size(); i++) {
            var name = names.get(i).asString("");
            var permission = Permission.find(canonical(name)).orElse(null);
            if (permission == null) {
                fault("permissions/" + i, "There is no permission " + name + ".");
            } else if (!canBeIn(scope, permission)) {
                fault("permissions/" + i, "A role of " + scope + " can not grant " + permission.wire() + ".");
            } else {
                all.add(permission);
            }
        }
        return all;
    }

    private static String canonical(String name) {
        var dot = name.indexOf('.') + 1;
        var plural = SINGULAR.get(name.substring(0, dot));
        return plural == null ? name : plural + name.substring(dot);
    }

    /** Of a scope that is wrong itself, no permission is judged. */
    private boolean canBeIn(String scope, Permission permission) {
        if (scope.isEmpty()) {
            return true;
        }
        var predefined =
                DefaultRoles.PREDEFINED.get(new RoleKey(scope, sent.path("role").asString("")));
        if (predefined != null && predefined.permissions().contains(permission)) {
            // What a role has by itself may be said again: the tenant's administrator has rights below the tenant.
            return true;
        }
        var fits = permission.scope().equals(scope) || permission.scope().equals("global");
        var mayBeGiven = permission.holder() == Permission.Holder.ASSIGNABLE
                || (scope.equals(RoleKey.TENANTS) && permission.holder() == Permission.Holder.TENANT_ADMIN);
        return fits && mayBeGiven;
    }

    private Map<String, String> i18n() {
        var names = new LinkedHashMap<String, String>();
        var texts = sent.path("i18n");
        if (!texts.isObject() || !texts.has("en")) {
            fault(texts.isObject() ? "i18n/en" : "i18n", "i18n.en is required: the name of the role in English.");
        }
        if (texts.size() > MOST_LANGUAGES) {
            fault("i18n", "A role may have names in " + MOST_LANGUAGES + " languages.");
            return names;
        }
        for (var language : texts.propertyNames()) {
            var name = line(texts.path(language), LONGEST_NAME);
            if (!LANGUAGE.matcher(language).matches()) {
                fault("i18n", "A language is named by 1 to 35 letters, digits, - and _.");
            } else if (name.isEmpty()) {
                fault("i18n/" + language, "A name must be one line of 1 to " + LONGEST_NAME + " characters.");
            } else {
                names.put(language, name.get());
            }
        }
        return names;
    }
}
