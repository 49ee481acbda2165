package dev.weft.identity.tenant;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.identity.tenantrecord.Tenant;
import dev.weft.identity.tenantrecord.TenantSaving;

/** The refusals of tenants. */
final class TenantProblem {

    private TenantProblem() {}

    static Problem unknown(String id) {
        return Problem.notFound("tenant", id);
    }

    static Problem unknownSupportUser() {
        return Problem.invalid(Tenant.SUPPORT_USER, "support_user_id must name a user of the tenant.");
    }

    static Problem tooManyHidden() {
        // No single one of them is to blame.
        return Problem.invalid("", "A tenant may have " + Tenant.MOST_HIDDEN + " attributes that begin with hide_.");
    }

    static Problem changedByMany() {
        return Problem.of(ProblemCode.CONFLICT, "The tenant is being changed by many at once.");
    }

    private static Problem taken(String attribute, String detail) {
        return Problem.of(ProblemCode.ALREADY_EXISTS, detail).at(attribute);
    }

    /** Why it was not saved. */
    static Problem of(TenantSaving saving) {
        return switch (saving) {
            case CODE_TAKEN -> taken("code", "Another tenant has this code.");
            case APP_DOMAIN_TAKEN -> taken("app_domain", "Another tenant has this app_domain.");
            case DEFAULT_TAKEN -> taken("is_default", "Another tenant is the default of this installation.");
            case DONE, OUTPACED -> throw new IllegalStateException("Nothing is refused: " + saving);
        };
    }
}
