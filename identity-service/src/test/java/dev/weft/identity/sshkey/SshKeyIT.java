package dev.weft.identity.sshkey;

import static dev.weft.identity.Installation.document;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.identity.Installation;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SshKeyIT {

    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIChkXLmj8IUw/DuK57wOQXpMkOJ0MX8sjh6cUcHzpEow alice@laptop";

    @Test
    void aKeyIsAddedOnceAndRemoved() {
        try (var installation = new Installation()) {
            var bearer = installation.adminBearer();

            var added = installation.call(bearer, "POST", "/v2/sshkeys", document("sshkey", Map.of("key", KEY)));
            var again = installation.call(bearer, "POST", "/v2/sshkeys", document("sshkey", Map.of("key", KEY)));
            var broken = installation.call(bearer, "POST", "/v2/sshkeys", document("sshkey", Map.of("key", "x")));

            assertThat(added.status()).isEqualTo(201);
            assertThat(added.json()
                            .path("data")
                            .path("attributes")
                            .path("title")
                            .asString())
                    .isEqualTo("alice@laptop");
            assertThat(again.status()).isEqualTo(409);
            assertThat(broken.status()).isEqualTo(400);
            var path = added.json().path("data").path("links").path("self").asString();
            assertThat(installation.get(bearer, path).status()).isEqualTo(200);
            assertThat(installation
                            .get(bearer, "/v2/sshkeys")
                            .json()
                            .path("data")
                            .size())
                    .isEqualTo(1);
            assertThat(installation.call(bearer, "DELETE", path, null).status()).isEqualTo(204);
            assertThat(installation.get(bearer, path).status()).isEqualTo(404);
        }
    }
}
