package dev.weft.workspace.credentialrecord;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import dev.weft.common.event.Outgoing;
import java.util.List;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.query.Criteria;

/**
 * A credential as it is stored.
 *
 * @param keys    the encrypted text of the keys
 * @param deleted true while only the fact of its deletion is left to be told
 */
@Document("credentials")
record StoredCredential(
        @Id String id,
        String tenant,
        String contract,
        String workspace,
        String component,
        String user,
        String name,
        String keys,
        boolean deleted,
        long revision,
        List<Outgoing> outbox) {

    /** Which are part of a list. */
    static Criteria shown(CredentialListing listing) {
        var criteria = where("workspace").is(listing.workspaceId());
        return listing.componentIds().isEmpty()
                ? criteria
                : criteria.and("component").in(listing.componentIds());
    }
}
