package dev.weft.workspace.inviterecord;

import dev.weft.workspace.permission.RoleName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The pending invites. One that has expired is found by no method. */
public interface InviteRepository {

    Optional<Invite> find(String id);

    /** Those that lead into the contract, by ascending id. */
    List<Invite> ofContract(String contractId);

    /** Those that lead into the workspace, by ascending id. */
    List<Invite> ofWorkspace(String workspaceId);

    /** How many lead into the contract or its workspaces. */
    long count(String contractId);

    /** Whether the address is invited to the place already. */
    boolean isPending(String place, String email);

    /**
     * Counts one more mail to that address about the contract, on the day of the invite; false when there are that many
     * already.
     */
    boolean countMail(Invite invite, int most);

    /** The mail that was counted is not sent. */
    void takeBackMail(Invite invite);

    /** False when the address is invited there already. */
    boolean insert(Invite invite);

    /** Saves what was decided on {@code invite.revision()}; empty when someone was faster, or it is gone. */
    Optional<Invite> save(Invite invite);

    /** False when it was gone already. */
    boolean remove(String id);

    /**
     * Takes the invite for whoever accepts it: of several at once one gets it. Whoever does not come back, since the
     * process died, keeps others from it for that time only.
     *
     * @return the invite as it is; empty when another has it, or it is gone
     */
    Optional<Invite> claim(String id, String by, Duration term);

    /** Whether it is still there as it was, and nobody else has taken it. */
    boolean isClaimed(String id, String by, long revision);

    /** Leaves it to the next who tries. */
    void release(String id, String by);

    /** Ends the invites of an address to a contract it belongs to by now; those that lead to a workspace besides lead only there. */
    void removeJoined(String contractId, String email);

    /** Ends the invites of the contract that name one of the roles. */
    void removeNaming(String contractId, List<RoleName> roles);

    /** Ends the invites of the tenant that name the role. */
    void removeNaming(String tenantId, RoleName role);

    void removeOfContract(String contractId);

    /** Ends the invites that were made in the workspace; those of its contract do not lead there any more. */
    void removeOfWorkspace(String workspaceId);

    void removeExpired();
}
