package dev.weft.workspace.mail;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.mail.Mail;
import dev.weft.common.mail.MailFailure;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PostmanTest {

    private final SetClock clock = new SetClock();
    private final Wants wants = new Wants();
    private final List<String> sent = new ArrayList<>();
    private final Map<String, MailFailure> failures = new LinkedHashMap<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private boolean isThere = true;

    private final Postman postman = new Postman(
            wants,
            want -> isThere
                    ? Optional.of(new Mail(want.id(), null, List.of("a@example.com"), "s", "t", null))
                    : Optional.empty(),
            mail -> {
                var failure = failures.get(mail.key());
                if (failure != null) {
                    throw failure;
                }
                sent.add(mail.key());
                return "<id>";
            },
            clock,
            meters);

    @Test
    void sendsWhatIsWantedOnce() {
        want("one", MailKind.CONTRACT_SUSPENDED);
        want("two", MailKind.CONTRACT_SUSPENDED);

        postman.round();
        want("one", MailKind.CONTRACT_SUSPENDED);
        postman.round();

        assertThat(sent).containsExactly("one", "two");
        assertThat(wants.waiting()).isZero();
    }

    @Test
    void triesAgainAfterGrowingPausesAndGivesUpInTheEnd() {
        failures.put("one", new MailFailure("not now", true));
        want("one", MailKind.CONTRACT_SUSPENDED);
        var tries = 0;

        for (var begin = clock.instant(); wants.waiting() > 0; clock.pass(ofSeconds(5))) {
            var before = wants.attemptsOf("one");
            postman.round();
            tries += wants.attemptsOf("one") - before;
            assertThat(clock.instant()).isBefore(begin.plus(ofDays(3)));
        }

        assertThat(tries).isBetween(20, 80);
        assertThat(sent).isEmpty();
        assertThat(meters.counter("weft.mails.lost").count()).isEqualTo(1);
        assertThat(wants.stateOf("one")).isEqualTo("lost");
    }

    @Test
    void doesNotAskAServerForOthersThatDoesNotAnswer() {
        failures.put("one", new MailFailure("The mail server can not be reached.", true));
        want("one", MailKind.CONTRACT_SUSPENDED);
        want("two", MailKind.CONTRACT_SUSPENDED);

        postman.round();
        assertThat(sent).isEmpty();
        postman.round();

        assertThat(sent).containsExactly("two");
    }

    @Test
    void whatIsRefusedForGoodHoldsUpNobody() {
        failures.put("one", new MailFailure("no such address", false));
        want("one", MailKind.CONTRACT_SUSPENDED);
        want("two", MailKind.CONTRACT_SUSPENDED);

        postman.round();

        assertThat(sent).containsExactly("two");
        assertThat(wants.stateOf("one")).as("somebody may mend it").isEqualTo("waiting");
        clock.pass(Duration.ofDays(3));
        postman.round();
        assertThat(wants.stateOf("one")).isEqualTo("lost");
    }

    @Test
    void waitsForAnInviteThatIsStillToBeStoredAndNotForOneThatIsGone() {
        isThere = false;
        want("invite", MailKind.CONTRACT_INVITE);
        want("notice", MailKind.WORKSPACE_MEMBER);

        postman.round();
        assertThat(wants.stateOf("notice")).isEqualTo("done");
        assertThat(wants.stateOf("invite")).isEqualTo("waiting");
        clock.pass(ofSeconds(61));
        postman.round();

        assertThat(wants.stateOf("invite")).isEqualTo("done");
        assertThat(sent).isEmpty();
    }

    @Test
    void pausesGrowToAnHour() {
        assertThat(Postman.pauseAfter(1)).isEqualTo(ofSeconds(10));
        assertThat(Postman.pauseAfter(2)).isEqualTo(ofSeconds(20));
        assertThat(Postman.pauseAfter(9)).isEqualTo(ofSeconds(2_560));
        assertThat(Postman.pauseAfter(10)).isEqualTo(Duration.ofHours(1));
        assertThat(Postman.pauseAfter(1_000_000)).isEqualTo(Duration.ofHours(1));
    }

    private void want(String id, MailKind kind) {
        wants.add(MailWant.of(id, kind, "u", Map.of(), clock.instant()));
        clock.pass(ofSeconds(1));
    }

    private static final class SetClock extends Clock {

        private Instant now = Instant.parse("2026-03-01T10:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private final class Wants implements MailWants {

        private record Kept(MailWant want, String state, Instant due, int attempts) {}

        private final Map<String, Kept> kept = new LinkedHashMap<>();

        int attemptsOf(String id) {
            return get(id).attempts();
        }

        String stateOf(String id) {
            return get(id).state();
        }

        private Kept get(String id) {
            @Nullable Kept found = kept.get(id);
            assertThat(found).isNotNull();
            return found;
        }

        @Override
        public void add(MailWant want) {
            kept.putIfAbsent(want.id(), new Kept(want, "waiting", want.since(), 0));
        }

        @Override
        public boolean withdraw(String id) {
            return kept.remove(id) != null;
        }

        @Override
        public Optional<MailWant> take(Duration term) {
            var due = kept.values().stream()
                    .filter(one -> one.state().equals("waiting") && !one.due().isAfter(clock.instant()))
                    .min(Comparator.comparing(Kept::due));
            return due.map(one -> {
                var want = one.want();
                var attempts = one.attempts() + 1;
                kept.put(want.id(), new Kept(want, "waiting", clock.instant().plus(term), attempts));
                return new MailWant(want.id(), want.kind(), want.about(), want.values(), want.since(), attempts);
            });
        }

        @Override
        public void done(String id) {
            change(id, "done", get(id).due());
        }

        @Override
        public void again(String id, Instant due) {
            change(id, "waiting", due);
        }

        @Override
        public void giveUp(String id) {
            change(id, "lost", get(id).due());
        }

        private void change(String id, String state, Instant due) {
            kept.put(id, new Kept(get(id).want(), state, due, get(id).attempts()));
        }

        @Override
        public long waiting() {
            return kept.values().stream()
                    .filter(one -> one.state().equals("waiting"))
                    .count();
        }

        @Override
        public void removeBefore(Instant limit) {
            kept.values().removeIf(one -> one.want().since().isBefore(limit));
        }
    }
}
