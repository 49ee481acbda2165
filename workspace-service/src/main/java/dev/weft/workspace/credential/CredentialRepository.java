package dev.weft.workspace.credential;

import dev.weft.common.event.Outgoing;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The credentials; keys are encrypted at rest under the id of their credential. */
interface CredentialRepository {

    /**
     * Which credentials a list shows: some of those of a workspace.
     *
     * @param componentIds of any of these components; empty for all
     */
    record CredentialListing(String workspaceId, List<String> componentIds, int skip, int size) {}

    /** What there is to know of a credential without unlocking its keys: of which component it is. */
    record Reference(String id, String tenantId, String componentId) {}

    Optional<Credential> find(String id);

    /** A page of a list as far as its bytes are bounded, with the number of all that match. */
    record Found(List<Credential> credentials, boolean cut, long total) {}

    /** Those of the workspace by ascending id; of the given components only, unless there are none given. */
    Found list(CredentialListing listing);

    /** Those of the ids that are of the workspace, their keys left locked. */
    List<Reference> references(String workspaceId, Collection<String> ids);

    long count(String workspaceId, String componentId);

    void insert(Credential credential);

    /** Saves what was decided on {@code credential.revision()}; false when someone was faster. The fact is out on return. */
    boolean save(Credential credential, Outgoing fact);

    /** Invisible, and without its keys, at once; the fact is out on return. */
    void delete(String id, Outgoing fact);

    void deleteAllOf(String workspaceId);

    void passOn(String workspaceId, String userId, String heirId, Instant at);
}
