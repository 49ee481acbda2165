package dev.weft.identity.sshkey;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicKeyTest {

    private static final String ED25519 = "AAAAC3NzaC1lZDI1NTE5AAAAIChkXLmj8IUw/DuK57wOQXpMkOJ0MX8sjh6cUcHzpEow";

    @Test
    void theFingerprintIsTheMd5OfTheBlob() {
        var key = PublicKey.parse("ssh-ed25519 " + ED25519 + " alice@laptop").orElseThrow();

        assertThat(key.fingerprint()).isEqualTo("48:75:bd:82:37:9f:9a:38:a7:d4:dd:55:0c:18:6a:28");
    }

    @Test
    void theCommentMayHaveBlanksOrBeMissing() {
        assertThat(PublicKey.parse("ssh-ed25519 " + ED25519 + " carol@work station"))
                .map(PublicKey::comment)
                .contains("carol@work station");
        assertThat(PublicKey.parse("ssh-ed25519 " + ED25519))
                .map(PublicKey::comment)
                .contains("");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ssh-ed25519",
                "ssh-ed25519 !!!",
                "ssh-ed25519 AAAA",
                "ssh-rsa " + ED25519,
                "ssh-ed448 " + ED25519,
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIChkXLmj8IUw/DuK57wOQXpMkOJ0MX8s",
                "ssh-ed25519 " + ED25519 + "\nssh-ed25519 " + ED25519
            })
    void whatIsNoKeyIsNotParsed(String text) {
        assertThat(PublicKey.parse(text)).isEmpty();
    }
}
