package dev.weft.identity.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.identity.directory.Account;
import dev.weft.identity.directory.BearerSubject;
import dev.weft.identity.directory.Directory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PasswordCheckTest {

    private static final String ADDRESS = "192.0.2.7";

    private final KnownPassword directory = new KnownPassword("ada@example.com", "right-1-right");
    private final CountedAttempts attempts = new CountedAttempts();
    private final PasswordCheck check = new PasswordCheck(directory, attempts);

    @Test
    void an_email_that_nobody_has_costs_the_look_that_a_known_one_costs() {
        assertThat(check.isPasswordOf("ada@example.com", "wrong", ADDRESS)).isFalse();
        assertThat(check.isPasswordOf("nobody@example.com", "wrong", ADDRESS)).isFalse();

        assertThat(directory.asked).containsExactly("ada@example.com", "nobody@example.com");
    }

    @Test
    void past_the_limit_of_an_email_not_even_the_right_password_is_looked_at() {
        for (var i = 0; i < FailedAttempts.LIMIT; i++) {
            attempts.count("ada@example.com", ADDRESS);
        }

        assertThat(check.isPasswordOf("ada@example.com", "right-1-right", ADDRESS))
                .isFalse();
        assertThat(check.isPasswordOf("ada@example.com", "right-1-right", "192.0.2.8"))
                .isTrue();
    }

    @Test
    void one_client_address_can_not_have_passwords_of_ever_other_emails_hashed() {
        for (var i = 0; i < 3 * FailedAttempts.LIMIT_OF_ADDRESS; i++) {
            check.isPasswordOf("guess" + i + "@example.com", "wrong", ADDRESS);
        }

        assertThat(directory.asked).hasSize(FailedAttempts.LIMIT_OF_ADDRESS);
    }

    private static final class CountedAttempts implements FailedAttempts {

        private final Map<List<String>, Integer> counts = new HashMap<>();

        @Override
        public int count(String user, String address) {
            return counts.merge(List.of(user, address), 1, Integer::sum);
        }

        @Override
        public int soFar(String user, String address) {
            return counts.getOrDefault(List.of(user, address), 0);
        }
    }

    private static final class KnownPassword implements Directory {

        private final String email;
        private final String password;
        private final List<String> asked = new ArrayList<>();

        KnownPassword(String email, String password) {
            this.email = email;
            this.password = password;
        }

        @Override
        public boolean knowsPassword(String askedEmail, String askedPassword) {
            asked.add(askedEmail);
            return askedEmail.equals(email) && askedPassword.equals(password);
        }

        @Override
        public void register(Account account, String newPassword) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void remove(String userId, String oldEmail) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void changePassword(String userId, String itsEmail, String newPassword) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<BearerSubject> subjectOf(String bearerToken) {
            throw new UnsupportedOperationException();
        }
    }
}
