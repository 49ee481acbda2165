package dev.weft.identity.policyrecord;

import dev.weft.common.access.Permission;
import java.util.Map;
import java.util.SortedSet;

/**
 * A role of a tenant's policy (api-v2 3.1).
 *
 * @param i18n the role's name for people, by language; {@code en} is always there
 */
public record PolicyRole(RoleKey key, SortedSet<Permission> permissions, Map<String, String> i18n) {}
