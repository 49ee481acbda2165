package dev.weft.identity.openid;

import dev.weft.common.id.Ids;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/** {@code {_id, tenant, user, iss, sub, digest: SHA-256 of tenant, iss and sub}}; the digest is unique. */
@Document(StoredOpenIdIdentity.COLLECTION)
record StoredOpenIdIdentity(@Id String id, String tenant, String user, String iss, String sub, String digest) {

    static final String COLLECTION = "openid_identities";

    static StoredOpenIdIdentity of(OpenIdIdentity identity) {
        return new StoredOpenIdIdentity(
                identity.id(),
                identity.tenantId(),
                identity.userId(),
                identity.iss(),
                identity.sub(),
                digest(identity.tenantId(), identity.iss(), identity.sub()));
    }

    /** Both texts are of one line, so no other pair has the same. */
    static String digest(String tenantId, String iss, String sub) {
        return Ids.sha256(String.join("\n", tenantId, iss, sub));
    }

    OpenIdIdentity read() {
        return new OpenIdIdentity(id, tenant, user, iss, sub);
    }
}
