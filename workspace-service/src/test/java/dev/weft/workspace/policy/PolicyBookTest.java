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
import java.util.function.LongFunction;
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

        private final Map<String, Long> editions = new HashMap<>();
        private int reads;
        private Runnable meanwhile = () -> {};

        @Override
        public Optional<PolicyCopy> find(String tenantId) {
            reads++;
            var found = new PolicyCopy(tenantId, 0, List.of(), clock.instant(), editions.getOrDefault(tenantId, 1L));
            meanwhile.run();
            return Optional.of(found);
        }

        @Override
        public PolicyCopy keep(PolicyCopy fetched, LongFunction<Outgoing> announcement) {
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

    private long edition() {
        return book.of(TENANT).edition();
    }

    private void change(long edition) {
        stored.editions.put(TENANT, edition);
        hear(Fact.ACCESS_CHANGED, TENANT, edition);
    }

    @Test
    void rolesAreReadOnceUntilAnotherPolicyIsAnnounced() {
        hear(Fact.ACCESS_HEARTBEAT, "", 0);
        assertThat(List.of(edition(), edition())).containsExactly(1L, 1L);
        assertThat(stored.reads).isEqualTo(1);

        hear(Fact.ACCESS_CHANGED, TENANT, 0);
        assertThat(edition()).isEqualTo(1);
        assertThat(stored.reads).as("a membership changes no role").isEqualTo(1);

        change(2);
        assertThat(List.of(edition(), edition())).containsExactly(2L, 2L);
        assertThat(stored.reads).isEqualTo(2);
    }

    @Test
    void withoutAHeartbeatNothingIsRemembered() {
        edition();
        edition();

        assertThat(stored.reads).isEqualTo(2);
    }

    @Test
    void whatWasBeingReadWhenAnotherPolicyWasAnnouncedDoesNotCount() {
        hear(Fact.ACCESS_HEARTBEAT, "", 0);
        stored.meanwhile = () -> change(2);
        assertThat(edition()).isEqualTo(1);
        stored.meanwhile = () -> {};

        assertThat(edition()).isEqualTo(2);
    }

    /** What is kept of announcements has a bound, and none that was heard is forgotten for it. */
    @Test
    void anAnnouncementCountsHoweverManyOthersWereHeardSince() {
        hear(Fact.ACCESS_HEARTBEAT, "", 0);
        stored.meanwhile = () -> {
            change(2);
            for (var n = 0; n < 100_000; n++) {
                hear(Fact.ACCESS_CHANGED, "tenant " + n, 1);
            }
        };
        assertThat(edition()).isEqualTo(1);
        stored.meanwhile = () -> {};

        assertThat(edition()).isEqualTo(2);
    }
}
