package dev.weft.identity.sshkey;

import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/** {@code {_id, user, title, type, blob, comment, digest: SHA-256 of the blob}}; the digest is unique. */
@Document(StoredSshKey.COLLECTION)
record StoredSshKey(@Id String id, String user, String title, String type, String blob, String comment, String digest) {

    static final String COLLECTION = "ssh_keys";

    SshKey toSshKey() {
        return new SshKey(id, user, title, new PublicKey(type, blob, comment));
    }
}
