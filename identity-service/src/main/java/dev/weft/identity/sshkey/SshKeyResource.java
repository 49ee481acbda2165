package dev.weft.identity.sshkey;

import dev.weft.common.jsonapi.Resource;

/** An SSH key on the wire (api-v2 4.6). */
final class SshKeyResource {

    static final String TYPE = "sshkey";

    private SshKeyResource() {}

    static Resource of(SshKey key) {
        return Resource.of(TYPE, key.id(), "/v2/sshkeys/" + key.id())
                .attribute("key", key.key().text())
                .attribute("title", key.title())
                .attribute("fingerprint", key.key().fingerprint())
                .toOne("user", "user", key.userId(), "/v2/users");
    }
}
