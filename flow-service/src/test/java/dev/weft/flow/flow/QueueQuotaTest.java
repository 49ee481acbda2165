package dev.weft.flow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.common.id.Ids;
import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.ProblemException;
import dev.weft.common.service.SetClock;
import dev.weft.flow.content.FlowContent;
import dev.weft.flow.content.FlowPlace;
import dev.weft.flow.content.FlowType;
import dev.weft.flow.flow.FlowChangeService.Change;
import dev.weft.flow.graph.Graph;
import dev.weft.flow.graph.NodesConfig;
import dev.weft.flow.quota.FlowLimit;
import dev.weft.flow.quota.FlowReservations;
import dev.weft.flow.quota.QuotaLookup;
import dev.weft.flow.quota.QuotaPlaces;
import dev.weft.flow.quota.RunLimits;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class QueueQuotaTest {

    private final AtomicInteger stored = new AtomicInteger();
    private final Flow before = Flow.made(
            "f",
            new FlowPlace("t", "c", "w"),
            "u",
            new FlowContent("Flow", null, FlowType.ORDINARY, Graph.EMPTY, NodesConfig.EMPTY, null, true, false),
            Instant.EPOCH);
    private final Flow started = ((Flow.Wish.Granted) before.start(Instant.EPOCH, null)).flow();

    private static QueueQuota quota(long limit) {
        // Of a contract without running flows.
        var flows = (FlowRepository) Proxy.newProxyInstance(
                FlowRepository.class.getClassLoader(), new Class<?>[] {FlowRepository.class}, (_, method, _) -> {
                    assertThat(method.getName()).isEqualTo("queues");
                    return Map.of();
                });
        return new QueueQuota(
                flows,
                new QuotaPlaces(new KeptReservations(), new Ids(), new SetClock()),
                new UnsetQuotas(),
                new FlowProperties(Duration.ofMinutes(3), limit));
    }

    @Test
    void whatIsStoredIsStoredThoughItsReservationCanNotBeGivenBack() {
        assertThat(quota(10).store(before, new Change(started, List.of()), () -> stored.incrementAndGet() == 1))
                .isTrue();
        assertThat(stored).hasValue(1);
    }

    @Test
    void whatHasNoRoomIsRefusedForThatThoughItsReservationCanNotBeGivenBack() {
        assertThatThrownBy(() ->
                        quota(0).store(before, new Change(started, List.of()), () -> stored.incrementAndGet() == 1))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.first().code()).isEqualTo(ProblemCode.INVALID_STATE));
        assertThat(stored).hasValue(0);
    }

    private static final class UnsetQuotas implements QuotaLookup {

        @Override
        public List<FlowLimit> ofFlows(String workspaceId) {
            return List.of();
        }

        @Override
        public RunLimits ofRuns(String contractId, long queues) {
            return new RunLimits(OptionalLong.of(queues), OptionalLong.empty());
        }
    }

    /** The store fails after it has taken a reservation. */
    private static final class KeptReservations implements FlowReservations {

        @Override
        public List<FlowReservation> add(String contractId, FlowReservation reservation) {
            return List.of(reservation);
        }

        @Override
        public void removeAll(String contractId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void remove(String contractId, List<String> ids) {
            throw new IllegalStateException("away");
        }
    }
}
