package dev.weft.identity.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.ProblemException;
import dev.weft.identity.directory.BearerSubject;
import dev.weft.identity.directory.Directory;
import dev.weft.identity.directory.DirectoryAccount;
import dev.weft.identity.directory.ForeignLogin;
import dev.weft.identity.directory.PasswordAnswer;
import dev.weft.identity.password.PasswordVerdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PasswordCheckTest {

    private static final String ADA = "ada@example.com";
    private static final String RIGHT = "right-1-right";
    private static final String ADDRESS = "192.0.2.7";
    private static final String ELSEWHERE = "192.0.2.8";

    private final KnownPassword directory = new KnownPassword();
    private final CountedAttempts attempts = new CountedAttempts();
    private final PasswordCheck check = new PasswordCheck(directory, attempts);

    @Test
    void an_email_that_nobody_has_costs_the_look_that_a_known_one_costs() {
        assertThat(check.check(ADA, "wrong", ADDRESS)).isEqualTo(PasswordVerdict.WRONG);
        assertThat(check.check("nobody@example.com", "wrong", ADDRESS)).isEqualTo(PasswordVerdict.WRONG);

        assertThat(directory.asked).containsExactly(ADA, "nobody@example.com");
    }

    @Test
    void past_the_limit_of_an_email_not_even_the_right_password_is_looked_at() {
        for (var i = 0; i < FailedAttempts.LIMIT; i++) {
            assertThat(check.check(ADA, "wrong", ADDRESS)).isEqualTo(PasswordVerdict.WRONG);
        }

        assertThat(check.check(ADA, RIGHT, ADDRESS)).isEqualTo(PasswordVerdict.TOO_MANY);
        assertThat(check.check(ADA, RIGHT, ELSEWHERE)).isEqualTo(PasswordVerdict.RIGHT);
    }

    @Test
    void guesses_sent_at_once_are_no_more_than_guesses_sent_one_after_another() throws Exception {
        directory.answersWhenOpened = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var guesses = IntStream.range(0, 50)
                    .mapToObj(i -> threads.submit(() -> check.check(ADA, "guess-" + i, ADDRESS)))
                    .toList();
            // Those that are looked at wait at the latch; all others have ended.
            await().until(() -> attempts.soFar(ADA, ADDRESS) == guesses.size());
            directory.answersWhenOpened.countDown();
            for (var guess : guesses) {
                guess.get(10, TimeUnit.SECONDS);
            }
        }

        assertThat(directory.asked).hasSize(FailedAttempts.LIMIT);
    }

    @Test
    void right_passwords_are_no_failures() {
        for (var i = 0; i < 3 * FailedAttempts.LIMIT_OF_ADDRESS; i++) {
            assertThat(check.check(ADA, RIGHT, ADDRESS)).isEqualTo(PasswordVerdict.RIGHT);
        }
    }

    @Test
    void the_same_password_sent_many_times_at_once_is_one_attempt() throws Exception {
        directory.answersWhenOpened = new CountDownLatch(1);
        var verdicts = Collections.synchronizedList(new ArrayList<PasswordVerdict>());
        var callers = IntStream.range(0, 3 * FailedAttempts.LIMIT)
                .mapToObj(_ -> Thread.ofPlatform().start(() -> verdicts.add(check.check(ADA, RIGHT, ADDRESS))))
                .toList();
        await().until(() -> callers.stream()
                .map(Thread::getState)
                .allMatch(state -> state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING));

        directory.answersWhenOpened.countDown();
        for (var caller : callers) {
            caller.join();
        }

        assertThat(verdicts).hasSameSizeAs(callers).containsOnly(PasswordVerdict.RIGHT);
        assertThat(directory.asked).containsExactly(ADA);
    }

    @Test
    void a_password_that_nobody_could_look_at_is_no_failure() {
        directory.isAway = true;
        for (var i = 0; i < 2 * FailedAttempts.LIMIT; i++) {
            assertThatThrownBy(() -> check.check(ADA, RIGHT, ADDRESS)).isInstanceOf(ProblemException.class);
        }

        directory.isAway = false;
        assertThat(check.check(ADA, RIGHT, ADDRESS)).isEqualTo(PasswordVerdict.RIGHT);
    }

    @Test
    void a_look_that_fails_for_a_reason_that_nobody_foresaw_is_no_failure_either() {
        directory.isBroken = true;
        for (var i = 0; i < 2 * FailedAttempts.LIMIT; i++) {
            assertThatThrownBy(() -> check.check(ADA, RIGHT, ADDRESS)).isInstanceOf(IllegalStateException.class);
        }

        directory.isBroken = false;
        assertThat(check.check(ADA, RIGHT, ADDRESS)).isEqualTo(PasswordVerdict.RIGHT);
    }

    @Test
    void one_client_address_can_not_have_passwords_of_ever_other_emails_hashed() {
        for (var i = 0; i < 3 * FailedAttempts.LIMIT_OF_ADDRESS; i++) {
            check.check("guess" + i + "@example.com", "wrong", ADDRESS);
        }

        assertThat(directory.asked).hasSize(FailedAttempts.LIMIT_OF_ADDRESS);
    }

    @Test
    void a_stranger_at_the_log_in_page_does_not_lock_the_owner_out() {
        directory.locked = true;

        assertThat(check.check(ADA, RIGHT, ADDRESS)).isEqualTo(PasswordVerdict.RIGHT);
    }

    @Test
    void guesses_lift_the_lock_of_the_log_in_page_once_a_minute_only() {
        var lifted = 0;
        for (var i = 0; i < FailedAttempts.LIMIT; i++) {
            directory.locked = true;
            assertThat(check.check(ADA, "guess-" + i, ADDRESS)).isEqualTo(PasswordVerdict.WRONG);
            lifted += directory.locked ? 0 : 1;
        }

        assertThat(lifted).isEqualTo(1);
    }

    private static final class CountedAttempts implements FailedAttempts {

        private final Map<List<String>, Integer> counts = new ConcurrentHashMap<>();

        @Override
        public FailedAttempt count(String user, String address) {
            return new FailedAttempt("", user, address, counts.merge(List.of(user, address), 1, Integer::sum));
        }

        @Override
        public void takeBack(FailedAttempt attempt) {
            counts.merge(List.of(attempt.user(), attempt.address()), -1, Integer::sum);
        }

        int soFar(String user, String address) {
            return counts.getOrDefault(List.of(user, address), 0);
        }
    }

    private static final class KnownPassword implements Directory {

        private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
        private volatile CountDownLatch answersWhenOpened = new CountDownLatch(0);
        private volatile boolean isAway;
        private volatile boolean isBroken;
        private volatile boolean locked;

        @Override
        public PasswordAnswer tryPassword(String email, String password) {
            if (isAway) {
                throw Problem.of(ProblemCode.UNAVAILABLE, "away").exception();
            }
            if (isBroken) {
                throw new IllegalStateException("broken");
            }
            if (locked) {
                return PasswordAnswer.LOCKED;
            }
            asked.add(email);
            try {
                assertThat(answersWhenOpened.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return email.equals(ADA) && password.equals(RIGHT) ? PasswordAnswer.RIGHT : PasswordAnswer.WRONG;
        }

        @Override
        public void unlock(String email) {
            locked = false;
        }

        @Override
        public void register(DirectoryAccount account, String newPassword) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void remove(String userId, String oldEmail) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void removeTenant(String tenantId, String code) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void askForSecondFactor(String userId, String of, boolean ask) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void removeSecondFactor(String userId, String of) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void changePassword(String userId, String itsEmail, String newPassword) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void link(ForeignLogin login) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void unlink(ForeignLogin login) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<BearerSubject> subjectOf(String bearerToken) {
            throw new UnsupportedOperationException();
        }
    }
}
