package dev.weft.identity.policy;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.identity.policyrecord.RoleKey;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;

/** The refusals of policies. */
final class PolicyProblem {

    private PolicyProblem() {}

    static Problem unknownTenant(String id) {
        return Problem.notFound("tenant", id);
    }

    /** @param place of the role in the document: {@code roles/3} */
    static Problem predefined(RoleKey key, String place) {
        return Problem.of(
                        ProblemCode.INVALID_STATE,
                        "What the role " + key.role() + " of " + key.scope() + " grants can not be changed.")
                .at(place + "/permissions");
    }

    static Problem inUse(Collection<RoleKey> used) {
        var roles = used.stream()
                .sorted(Comparator.comparing(RoleKey::scope).thenComparing(RoleKey::role))
                .map(key -> Map.of("scope", key.scope(), "role", key.role()))
                .toList();
        return Problem.of(
                        ProblemCode.IN_USE,
                        "Members have roles, or contracts name some, that the new list does not have.")
                .at("roles")
                .with("roles", roles);
    }

    static Problem changedByMany() {
        return Problem.of(ProblemCode.CONFLICT, "The policy is being changed by many at once.");
    }

    static Problem tooSlow() {
        return Problem.of(ProblemCode.UNAVAILABLE, "Whether the roles are in use could not be told in time.");
    }
}
