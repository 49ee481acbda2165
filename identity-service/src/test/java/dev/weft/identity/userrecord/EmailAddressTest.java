package dev.weft.identity.userrecord;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    @Test
    void caseDoesNotMatter() {
        assertThat(EmailAddress.normal(" Ada@Example.COM ")).isEqualTo("ada@example.com");
        assertThat(EmailAddress.domainOf("ada@example.com")).isEqualTo("example.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin@weft.local", "o'neil+x@mail.example.com", "ü@example.com"})
    void takesAddresses(String address) {
        assertThat(EmailAddress.isValid(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nobody", "a@b", "a b@example.com", "a@@example.com", "a@-x.com", "a@example..com"})
    void refusesWhatIsNone(String address) {
        assertThat(EmailAddress.isValid(address)).isFalse();
    }
}
