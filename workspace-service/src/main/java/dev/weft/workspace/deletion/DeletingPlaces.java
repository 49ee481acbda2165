package dev.weft.workspace.deletion;

import dev.weft.common.deletion.DeletionScope;
import dev.weft.common.event.Outgoing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The contracts and workspaces under deletion, which no other repository finds. */
interface DeletingPlaces {

    Optional<DeletingPlace> find(DeletionScope scope, String id);

    /** Those that are to be asked about first come first. */
    List<DeletingPlace> all(DeletionScope scope, int most);

    /** Notes that the service holds nothing of it any more. */
    void acknowledge(DeletionScope scope, String id, String service);

    /** Notes that it is waited for, with what is told again; nothing when somebody else has just done so. */
    void ask(DeletingPlace place, DeletingPlace.Asked asked, List<Outgoing> facts);

    /** Its end, with the fact about that: what is left is the fact's, until the broker has it. */
    void end(DeletingPlace place, Outgoing fact);

    /** Removes those that have ended and told it. */
    void removeEnded(DeletionScope scope);

    /** The workspaces of the contract are visible nowhere from now on; of each the services are still to be told. */
    void hideWorkspacesOf(String contractId, Instant now);

    /** Workspaces of the contract that are under deletion and of which the services are to be told now. */
    List<DeletingPlace> untoldWorkspacesOf(String contractId, Instant now, int most);

    /** Whether there are any, ended ones included that have not told it. */
    boolean hasWorkspaces(String contractId);
}
