package dev.weft.common.access;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The one access check. {@code require*} refuses: 404 for what is not in the caller's tenant, 403 with the permission
 * named for what the caller may not do, 403 {@code contract-suspended} for writing in a contract that is not active.
 */
public final class AccessClient {

    private final GrantsSource source;
    private final AccessWitness witness;

    public AccessClient(GrantsSource source) {
        this(source, (_, _) -> {});
    }

    public AccessClient(GrantsSource source, AccessWitness witness) {
        this.source = source;
        this.witness = witness;
    }

    /** What the caller may do there; empty when there is no such scope in the caller's tenant. */
    public Optional<Grants> find(Caller caller, Scope scope) {
        var grants = source.grants(caller, scope);
        grants.ifPresent(found -> witness.saw(scope, found));
        return grants;
    }

    /** Reading: a member of the scope, or a refusal. */
    public Grants requireMember(Caller caller, Scope scope) {
        return requireMember(grants(caller, scope));
    }

    private static Grants requireMember(Grants grants) {
        if (!grants.member()) {
            throw Problem.of(ProblemCode.FORBIDDEN, "You are not a member here.")
                    .exception();
        }
        return grants;
    }

    /** Reading: a member of the scope, or who holds one of the permissions that stand in for membership. */
    public Grants requireMemberOr(Caller caller, Scope scope, Permission... instead) {
        var grants = grants(caller, scope);
        return holdsAny(grants, instead) ? grants : requireMember(grants);
    }

    /** Writing: one of the permissions, the first of which a refusal names, and a contract that is active. */
    public Grants requireAny(Caller caller, Scope scope, Permission... permissions) {
        var grants = grants(caller, scope);
        // Checked before the contract's status: a caller who may not write here is not told that the contract is
        // suspended.
        if (!holdsAny(grants, permissions)) {
            throw Problem.forbidden(permissions[0].wire()).exception();
        }
        return requireActive(grants);
    }

    private static boolean holdsAny(Grants grants, Permission... permissions) {
        return Stream.of(permissions).anyMatch(grants::has);
    }

    /** Reading that needs a permission. */
    public Grants requireToRead(Caller caller, Permission permission, Scope scope) {
        var grants = grants(caller, scope);
        if (!grants.has(permission)) {
            throw Problem.forbidden(permission.wire()).exception();
        }
        return grants;
    }

    /** Writing: the permission, and a contract that is active. */
    public Grants require(Caller caller, Permission permission, Scope scope) {
        return requireActive(requireToRead(caller, permission, scope));
    }

    private static Grants requireActive(Grants grants) {
        if (grants.isSuspended()) {
            throw Problem.of(ProblemCode.CONTRACT_SUSPENDED, "The contract is suspended; nothing can be changed in it.")
                    .exception();
        }
        return grants;
    }

    private Grants grants(Caller caller, Scope scope) {
        // 404 also for another tenant's scope: a 403 would tell that it exists.
        return find(caller, scope)
                .orElseThrow(() -> Problem.of(
                                ProblemCode.NOT_FOUND,
                                "There is nothing of the id " + scope.id() + " in " + scope.kind() + ".")
                        .exception());
    }
}
