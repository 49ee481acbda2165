package dev.weft.workspace.workspacerecord;

import dev.weft.common.event.Outgoing;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.workspace.contractrecord.ContractWorkspaces;
import dev.weft.workspace.permission.RoleName;
import dev.weft.workspace.permission.WorkspaceStandings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The workspaces. One under deletion is found by no method. */
public interface WorkspaceRepository extends WorkspaceStandings, ContractWorkspaces {

    int ATTEMPTS = 30;

    Optional<Workspace> find(String id);

    FoundWorkspaces list(WorkspaceFilter filter, int skip, int size);

    /** Ids of all workspaces that the user is a member of: workspaces themselves may have thousands of members each. */
    List<String> ofUser(String userId);

    /** Ids of some of that type, those after {@code last} by ascending id. */
    List<String> ofType(WorkspaceType type, String last, int most);

    /** Ids of those of a contract. */
    List<String> ofMember(String contractId, String userId);

    /**
     * All memberships of a user.
     *
     * @param otherId who may share some of the workspaces
     */
    List<SharedMembership> memberships(String userId, String otherId);

    /** Those of the roles that a member of a workspace of the tenant has. */
    Set<RoleName> rolesInUse(String tenantId, Set<RoleName> roles);

    /** False when there is a workspace of that id already. */
    boolean insert(Workspace workspace, List<Outgoing> facts);

    /**
     * Saves what was decided on {@code workspace.revision()}; false when someone was faster. Facts are out on return.
     */
    boolean save(Workspace workspace, List<Outgoing> facts);

    /** Decides on the workspace as it is and saves; decides again when someone was faster. */
    default Workspace change(String id, Function<Workspace, ChangedWorkspace> decision) {
        return changeIfThere(id, decision)
                .orElseThrow(() -> Problem.notFound("workspace", id).exception());
    }

    /** As {@link #change}; empty when the workspace is gone. */
    default Optional<Workspace> changeIfThere(String id, Function<Workspace, ChangedWorkspace> decision) {
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
