package dev.weft.identity.bootstrap;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BootstrapFileTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "short1!", "noSpecialCharacter1", "no-digit-in-it", "12345678!"})
    void aPasswordThatTheRealmWouldRefuseStopsTheStart(String password) {
        var admin = new BootstrapAdmin("admin@example.com", password, "key");

        assertThatIllegalStateException()
                .isThrownBy(admin::requirePassword)
                .withMessageContaining("WEFT_BOOTSTRAP_FILE")
                .withMessageContaining("special character");
    }

    @Test
    void oneThatObeysTheRuleIsTaken() {
        var admin = new BootstrapAdmin("admin@example.com", "Secret-123", "key");

        assertThatCode(admin::requirePassword).doesNotThrowAnyException();
    }
}
