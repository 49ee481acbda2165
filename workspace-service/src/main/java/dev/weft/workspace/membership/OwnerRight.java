package dev.weft.workspace.membership;

import dev.weft.common.access.Caller;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import java.util.List;

/**
 * Whether a caller may give and take the role {@code owner} of one contract or workspace (api-v2 3.4): its owners may,
 * those of what it belongs to, and holders of the right in the whole tenant. Whoever only manages members may not, else
 * an admin would make itself owner.
 *
 * @param wider whether the caller has it from outside: as owner of the contract around, or in the whole tenant
 */
public record OwnerRight(Caller caller, boolean wider) {

    /**
     * Refuses (403) a change that makes an owner or unmakes one, unless the caller may.
     *
     * @param roles what the member shall have; none for one who goes
     */
    public void require(Members members, String userId, List<String> roles) {
        requireFor(members, members.isOwner(userId) != roles.contains("owner"));
    }

    /** The same for an invite: whoever accepts it gets {@code after} in place of {@code before}. */
    public void requireToInvite(Members members, List<String> before, List<String> after) {
        requireFor(members, before.contains("owner") != after.contains("owner"));
    }

    /**
     * @param givesOrTakes false between two lists that both have owner, or both have not: that is the business of whoever
     *                     manages members
     */
    private void requireFor(Members members, boolean givesOrTakes) {
        if (givesOrTakes && !wider && !members.isOwner(caller.id())) {
            throw Problem.of(ProblemCode.FORBIDDEN, "Only an owner gives and takes the role owner.")
                    .exception();
        }
    }
}
