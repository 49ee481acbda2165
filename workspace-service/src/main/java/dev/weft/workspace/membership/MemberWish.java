package dev.weft.workspace.membership;

import dev.weft.common.problem.RequestFaults;
import java.util.List;
import java.util.Set;

/**
 * Who is to be a member, and with which roles.
 *
 * @param faults of the request, told together with those that its roles turn out to have
 */
public record MemberWish(String userId, List<String> roles, RequestFaults faults) {

    /** Refuses the request when it has faults; a role that can not be given there is one. */
    public void requireAssignable(Set<String> assignable) {
        roles.stream()
                .filter(role -> !assignable.contains(role))
                .forEach(role -> faults.add("roles", "The role " + role + " can not be given here."));
        faults.orThrow();
    }
}
