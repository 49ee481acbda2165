package dev.weft.identity.tenant;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;

/** The refusals of tenants. */
final class TenantProblem {

    private static final String ATTRIBUTES = "/data/attributes";

    private TenantProblem() {}

    static Problem unknown(String id) {
        return Problem.notFound("tenant", id);
    }

    static Problem unknownSupportUser() {
        return Problem.invalid(
                ATTRIBUTES + "/" + Tenant.SUPPORT_USER, "support_user_id must name a user of the tenant.");
    }

    static Problem tooManyHidden() {
        return Problem.invalid(
                ATTRIBUTES, "A tenant may have " + Tenant.MOST_HIDDEN + " attributes that begin with hide_.");
    }

    static Problem changedByMany() {
        return Problem.of(ProblemCode.CONFLICT, "The tenant is being changed by many at once.");
    }

    static Problem taken(String attribute, String detail) {
        return Problem.of(ProblemCode.ALREADY_EXISTS, detail).at(ATTRIBUTES + "/" + attribute);
    }
}
