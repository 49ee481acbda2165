package dev.weft.workspace.invite;

import dev.weft.common.problem.RequestFaults;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request says of an invite; null where it says nothing.
 *
 * @param faults of the request, told together with those that its values turn out to have
 */
record InviteWish(
        @Nullable String email,
        @Nullable List<String> roles,
        @Nullable String workspaceId,
        @Nullable List<String> workspaceRoles,
        RequestFaults faults) {

    /** Notes a fault for each role that can not be given there. */
    static void requireAssignable(
            @Nullable List<String> wanted, Set<String> assignable, String attribute, RequestFaults faults) {
        if (wanted != null) {
            wanted.stream()
                    .filter(role -> !assignable.contains(role))
                    .forEach(role -> faults.add(attribute, "The role " + role + " can not be given here."));
        }
    }
}
