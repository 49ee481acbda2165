package dev.weft.workspace.workspace;

import dev.weft.common.event.Outgoing;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.workspace.contract.ContractService.ContractWorkspaces;
import dev.weft.workspace.membership.Member;
import dev.weft.workspace.permission.WorkspaceStandings;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The workspaces. One under deletion is found by no method. */
public interface WorkspaceRepository extends WorkspaceStandings, ContractWorkspaces {

    int ATTEMPTS = 30;

    /** Which workspaces of a list the caller may see; null stands for all. */
    record Filter(
            @Nullable String tenantId,
            @Nullable String contractId,
            @Nullable String memberId) {}

    /** A page, whether it ends before its size, and the number of all that match. */
    record Found(List<Workspace> workspaces, boolean cut, long total) {}

    /**
     * A user as a member of one workspace.
     *
     * @param shared whether the other user is a member too
     */
    record Membership(String tenantId, Member member, boolean shared) {}

    /** A workspace as it shall be, and what is to be told about it. */
    record Changed(Workspace workspace, List<Outgoing> facts) {}

    Optional<Workspace> find(String id);

    Found list(Filter filter, int skip, int size);

    /** Ids of all workspaces that the user is a member of: workspaces themselves may have thousands of members each. */
    List<String> ofUser(String userId);

    /** Ids of those of a contract. */
    List<String> ofMember(String contractId, String userId);

    /**
     * All memberships of a user.
     *
     * @param otherId who may share some of the workspaces
     */
    List<Membership> memberships(String userId, String otherId);

    /** False when there is a workspace of that id already. */
    boolean insert(Workspace workspace, List<Outgoing> facts);

    /**
     * Saves what was decided on {@code workspace.revision()}; false when someone was faster. Facts are out on return.
     */
    boolean save(Workspace workspace, List<Outgoing> facts);

    /** Decides on the workspace as it is and saves; decides again when someone was faster. */
    default Workspace change(String id, Function<Workspace, Changed> decision) {
        return changeIfThere(id, decision)
                .orElseThrow(() -> Problem.notFound("workspace", id).exception());
    }

    /** As {@link #change}; empty when the workspace is gone. */
    default Optional<Workspace> changeIfThere(String id, Function<Workspace, Changed> decision) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var workspace = find(id);
            if (workspace.isEmpty()) {
                return workspace;
            }
            var changed = decision.apply(workspace.get());
            if (save(changed.workspace(), changed.facts())) {
                return Optional.of(changed.workspace().next());
            }
        }
        throw Problem.of(ProblemCode.CONFLICT, "The workspace is being changed by many at once.")
                .exception();
    }
}
