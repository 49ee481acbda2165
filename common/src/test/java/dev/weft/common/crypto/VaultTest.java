package dev.weft.common.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import org.junit.jupiter.api.Test;

class VaultTest {

    private final Vault vault = new Vault(Base64.getEncoder().encodeToString(new byte[32]));

    @Test
    void givesBackWhatItLocked() {
        var locked = vault.lock("secret", "credential:1");

        assertThat(locked).doesNotContain("secret").isNotEqualTo(vault.lock("secret", "credential:1"));
        assertThat(vault.unlock(locked, "credential:1")).isEqualTo("secret");
    }

    @Test
    void refusesAValueThatWasMovedToAnotherPlace() {
        var locked = vault.lock("secret", "credential:1");

        assertThatThrownBy(() -> vault.unlock(locked, "credential:2")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void sealsTheSameEachTimeAndOtherwiseForEachTextContextAndKey() {
        var other = new Vault(Base64.getEncoder().encodeToString("another key of thirty-two bytes.".getBytes(UTF_8)));

        assertThat(vault.seal("id", "invite"))
                .matches("[A-Za-z0-9_-]{43}")
                .isEqualTo(vault.seal("id", "invite"))
                .isNotEqualTo(vault.seal("id", "reset"))
                .isNotEqualTo(vault.seal("ie", "invite"))
                .isNotEqualTo(other.seal("id", "invite"));
    }

    @Test
    void refusesAShortMasterKey() {
        assertThatThrownBy(() -> new Vault(Base64.getEncoder().encodeToString(new byte[16])))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSecretDoesNotShowItself() {
        assertThat(new Secret("value")).hasToString("******");
    }
}
