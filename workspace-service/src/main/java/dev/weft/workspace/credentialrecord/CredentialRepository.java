package dev.weft.workspace.credentialrecord;

import dev.weft.common.event.Outgoing;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The credentials; keys are encrypted at rest under the id of their credential. */
public interface CredentialRepository {

    Optional<Credential> find(String id);

    /** Those of the workspace by ascending id; of the given components only, unless there are none given. */
    FoundCredentials list(CredentialListing listing);

    /** Those of the ids that are of the workspace, their keys left locked. */
    List<CredentialReference> references(String workspaceId, Collection<String> ids);

    long count(String workspaceId, String componentId);

    void insert(Credential credential);

    /** Saves what was decided on {@code credential.revision()}; false when someone was faster. The fact is out on return. */
    boolean save(Credential credential, Outgoing fact);

    /** Invisible, and without its keys, at once; the fact is out on return. */
    void delete(String id, Outgoing fact);

    void deleteAllOf(String workspaceId);

    /** Gives what the user owned in the workspace at that time to another. */
    void passOn(String workspaceId, String userId, String heirId, Instant at);
}
