package dev.weft.workspace.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.Fact;
import dev.weft.common.event.Outgoing;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PolicyBookTest {

    private static final String TENANT = "5a00000000000000000000aa";

    private final Clock clock = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    private final Stored stored = new Stored();
    /** Marks and announcements are for what is fetched, which nothing is here. */
    private final PolicyBook book =
            new PolicyBook(new CurrentPolicies(stored, _ -> Optional.empty(), null, null, clock), clock);

    /** Copies, and what happens while one is read. */
    private final class Stored implements PolicyCopies {

        private final Map<String, Long> revisions = new HashMap<>();
        private int reads;
        private Runnable meanwhile = () -> {};

        @Override
        public Optional<PolicyCopy> find(String tenantId) {
            reads++;
            var found = new PolicyCopy(tenantId, revisions.getOrDefault(tenantId, 0L), List.of(), clock.instant());
            meanwhile.run();
            return Optional.of(found);
        }

        @Override
        public PolicyCopy keep(PolicyCopy fetched, Outgoing announcement) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void remove(String tenantId) {
            throw new UnsupportedOperationException();
        }
    }

    private void hear(Fact fact, String tenant, long version) {
        book.heard(new DomainEvent(
                "e", fact.wire(), version, clock.instant(), tenant, null, null, tenant, null, Map.of()));
    }

    private long revision() {
        return book.of(TENANT).revision();
    }

    private void change(long revision) {
        stored.revisions.put(TENANT, revision);
        hear(Fact.ACCESS_CHANGED, TENANT, revision);
    }

    @Test
    void rolesAreReadOnceUntilAnotherPolicyIsAnnounced() {
        hear(Fact.ACCESS_HEARTBEAT, "", 0);
        assertThat(List.of(revision(), revision())).containsExactly(0L, 0L);
        assertThat(stored.reads).isEqualTo(1);

        hear(Fact.ACCESS_CHANGED, TENANT, 0);
        assertThat(revision()).isZero();
        assertThat(stored.reads).as("a membership changes no role").isEqualTo(1);

        change(1);
        assertThat(List.of(revision(), revision())).containsExactly(1L, 1L);
        assertThat(stored.reads).isEqualTo(2);
    }

    @Test
    void withoutAHeartbeatNothingIsRemembered() {
        revision();
        revision();

        assertThat(stored.reads).isEqualTo(2);
    }

    @Test
    void whatWasBeingReadWhenAnotherPolicyWasAnnouncedDoesNotCount() {
        hear(Fact.ACCESS_HEARTBEAT, "", 0);
        stored.meanwhile = () -> change(1);
        assertThat(revision()).isZero();
        stored.meanwhile = () -> {};

        assertThat(revision()).isEqualTo(1);
    }

    /** What is kept of announcements has a bound, and none that was heard is forgotten for it. */
    @Test
    void anAnnouncementCountsHoweverManyOthersWereHeardSince() {
        hear(Fact.ACCESS_HEARTBEAT, "", 0);
        stored.meanwhile = () -> {
            change(1);
            for (var n = 0; n < 100_000; n++) {
                hear(Fact.ACCESS_CHANGED, "tenant " + n, 1);
            }
        };
        assertThat(revision()).isZero();
        stored.meanwhile = () -> {};

        assertThat(revision()).isEqualTo(1);
    }
}
