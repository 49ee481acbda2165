package dev.weft.identity.policyrecord;

import dev.weft.common.access.Permission;
import dev.weft.common.event.Outgoing;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.query.Update;

/** {@code {_id: tenant, revision, roles: [{scope, role, permissions: [name], i18n: {en}}], outbox}}. */
@Document(StoredPolicy.COLLECTION)
record StoredPolicy(@Id String id, long revision, List<StoredRole> roles, List<Outgoing> outbox) {

    static final String COLLECTION = "policies";

    /** One role, with the permissions as they are spelled on the wire. */
    record StoredRole(String scope, String role, List<String> permissions, Map<String, String> i18n) {

        static StoredRole of(PolicyRole role) {
            return new StoredRole(
                    role.key().scope(),
                    role.key().role(),
                    role.permissions().stream().map(Permission::wire).toList(),
                    role.i18n());
        }

        PolicyRole read() {
            var key = new RoleKey(scope, role);
            var predefined = DefaultRoles.PREDEFINED.get(key);
            var granted = new TreeSet<Permission>();
            // A later release may have stored a name that this one does not know; it grants nothing here.
            permissions.forEach(name -> Permission.find(name).ifPresent(granted::add));
            return new PolicyRole(
                    key,
                    predefined == null ? Collections.unmodifiableSortedSet(granted) : predefined.permissions(),
                    i18n);
        }
    }

    static StoredPolicy of(TenantPolicy policy, Outgoing fact) {
        return new StoredPolicy(
                policy.tenantId(),
                policy.revision(),
                policy.roles().stream().map(StoredRole::of).toList(),
                List.of(fact));
    }

    TenantPolicy read() {
        return new TenantPolicy(
                id, revision, roles.stream().map(StoredRole::read).toList());
    }

    Update change() {
        return new Update().set("roles", roles).set("revision", revision);
    }
}
