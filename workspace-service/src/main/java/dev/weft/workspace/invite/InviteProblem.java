package dev.weft.workspace.invite;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;

/** The refusals of invites. */
public final class InviteProblem {

    static final String EMAIL = "email";
    static final String ROLES = "roles";
    static final String WORKSPACE = "workspace_id";
    static final String WORKSPACE_ROLES = "workspace_roles";

    private InviteProblem() {}

    static Problem unknown(String id) {
        return Problem.notFound("invite", id);
    }

    /** Used, withdrawn, expired or never made: who holds such a token learns no more. */
    public static Problem gone() {
        return Problem.of(ProblemCode.NOT_FOUND, "There is no such invite, or not any more.");
    }

    static Problem isMember() {
        return Problem.of(ProblemCode.ALREADY_EXISTS, "The user is a member already.")
                .at(EMAIL);
    }

    static Problem isInvited() {
        return Problem.of(ProblemCode.ALREADY_EXISTS, "The address is invited already.")
                .at(EMAIL);
    }

    static Problem isTaken() {
        return Problem.of(ProblemCode.ALREADY_EXISTS, "A user of another tenant has this e-mail address.")
                .at(EMAIL);
    }

    static Problem tooMany(int most) {
        return Problem.of(ProblemCode.QUOTA_EXCEEDED, "A contract may have " + most + " pending invites.")
                .with("quota", "invites")
                .with("limit", most);
    }

    static Problem tooManyMails(int most) {
        return Problem.of(
                        ProblemCode.QUOTA_EXCEEDED,
                        "The address has been invited to the contract " + most + " times today.")
                .with("quota", "invites_per_address_and_day")
                .with("limit", most);
    }

    public static Problem ownerFirst() {
        return Problem.of(ProblemCode.INVALID_STATE, "The first member must be an owner.");
    }

    static Problem noWayIn() {
        return Problem.of(
                ProblemCode.INVALID_STATE,
                "The contract does not offer the role member, with which who is invited to a workspace joins it.");
    }

    static Problem unknownWorkspace() {
        return Problem.invalid(WORKSPACE, "The contract has no such workspace.");
    }

    static Problem rolesWithoutWorkspace() {
        return Problem.invalid(WORKSPACE_ROLES, "The invite leads to no workspace.");
    }

    static Problem roleDropped() {
        return Problem.invalid(ROLES, "A role can not be given here any more.");
    }

    /** It may stay after all: then the invite holds, and else it is dropped. */
    public static Problem roleGoes() {
        return Problem.of(
                ProblemCode.CONFLICT, "A role of the invite is about to be removed from the tenant; try again.");
    }

    static Problem changedByMany() {
        return Problem.of(ProblemCode.CONFLICT, "The invite is being changed by many at once.");
    }

    public static Problem suspended() {
        return Problem.of(
                ProblemCode.CONTRACT_SUSPENDED, "The contract is suspended; nobody can become a member of it.");
    }

    public static Problem userIsGoing() {
        return Problem.of(ProblemCode.CONFLICT, "The user is being deleted at this moment; try again.");
    }
}
