package dev.weft.identity.password;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRuleTest {

    @ParameterizedTest
    @ValueSource(strings = {"Secret-123!", "abcdef1 ", "ünïcode-1"})
    void acceptsLetterDigitAndSpecialCharacter(String password) {
        assertThat(PasswordRule.accepts(password)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ab1!xyz", "Abcdefgh!", "Abcdefg12", "12345678!", "", "abcdefg1\t", "abcdefg1!\ud800"})
    void refusesWhatLacksOne(String password) {
        assertThat(PasswordRule.accepts(password)).isFalse();
    }
}
