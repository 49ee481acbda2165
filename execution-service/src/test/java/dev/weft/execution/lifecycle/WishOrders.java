package dev.weft.execution.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.event.DomainEvent;
import dev.weft.common.id.Ids;
import dev.weft.execution.deployment.Definitions;
import dev.weft.execution.deployment.Deployment;
import dev.weft.execution.deployment.Deployment.Owner;
import dev.weft.execution.deployment.Deployment.State;
import dev.weft.execution.deployment.DeploymentFacts;
import dev.weft.execution.deployment.DeploymentRun;
import dev.weft.execution.schedule.FlowClock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Wishes for one flow that overtake each other come to what the last of them says. */
abstract class WishOrders extends DyingReplicas {

    private enum Arrival {
        ALL_AT_ONCE,
        EACH_CARRIED_OUT
    }

    @ParameterizedTest
    @EnumSource
    void wishesComeToTheSameInWhateverOrderTheyArrive(Arrival arrival) {
        var wishes = List.of(
                command("flow.start", 1, "v1"),
                command("flow.stop", 2),
                command("flow.start", 3, "v2"),
                ofStart(3, command("flow.update", 4, "v3")),
                ofStart(3, command("flow.suspend", 5)),
                command("flow.start", 6, "v4"),
                ofStart(6, command("flow.update", 7, "v5")));
        var states = List.of("ACTIVE v1", "INACTIVE", "ACTIVE v2", "ACTIVE v3", "SUSPENDED", "ACTIVE v4", "ACTIVE v5");
        for (var last = 1; last <= wishes.size(); last++) {
            // Four overtake each other; what came before has come in order.
            var first = Math.max(0, last - 4);
            for (var order : orders(wishes.subList(first, last))) {
                var replica = new WishedRuns(arrival == Arrival.EACH_CARRIED_OUT);
                wishes.subList(0, first).forEach(replica::hear);
                order.forEach(replica::hear);

                assertThat(replica.settled())
                        .as("%s", order.stream().map(DomainEvent::version).toList())
                        .isEqualTo(states.get(last - 1));
            }
        }
    }

    @Test
    void anUpdateStartsNothingThatHasFailedOrOfWhichItDoesNotTellTheStart() {
        var older = new WishedRuns(false);
        older.hear(command("flow.update", 2, "v2"));
        older.hear(command("flow.suspend", 3));
        assertThat(older.settled()).isEqualTo("INACTIVE");

        var failed = new WishedRuns(false);
        failed.hear(command("flow.start", 1));
        failed.save(failed.found.withoutRuns().to(State.INACTIVE, clock.instant()));
        failed.hear(ofStart(1, command("flow.update", 2, "v2")));
        failed.hear(ofStart(1, command("flow.suspend", 3)));
        assertThat(failed.settled()).isEqualTo("INACTIVE");
        assertThat(failed.found.wish()).isEqualTo(3);
    }

    private static <T> List<List<T>> orders(List<T> all) {
        if (all.isEmpty()) {
            return List.of(List.of());
        }
        var orders = new ArrayList<List<T>>();
        for (var first : all) {
            var others = all.stream().filter(other -> other != first).toList();
            for (var rest : orders(others)) {
                var order = new ArrayList<T>(List.of(first));
                order.addAll(rest);
                orders.add(order);
            }
        }
        return orders;
    }

    /** As flow-service tells of which start it is. */
    private static DomainEvent ofStart(long start, DomainEvent command) {
        var payload = new HashMap<>(command.payload());
        var about = new HashMap<String, Object>();
        ((Map<?, ?>) payload.get("flow")).forEach((name, value) -> about.put(name.toString(), value));
        about.put("start_wish", start);
        payload.put("flow", about);
        return new DomainEvent(
                command.id(),
                command.type(),
                command.version(),
                command.at(),
                command.tenantId(),
                command.contractId(),
                command.workspaceId(),
                command.subjectId(),
                command.actorId(),
                payload);
    }

    /** One flow, of which wishes are heard and which is brought to them without a broker. */
    private final class WishedRuns extends TouchedRuns {

        private final boolean carriesOut;
        private Deployment found = Deployment.fresh(new Owner(flow, "t", "k", "w"), clock.instant());

        WishedRuns(boolean carriesOut) {
            super(runs, () -> {}, () -> {});
            this.carriesOut = carriesOut;
        }

        @Override
        public Optional<Deployment> find(String flowId) {
            return Optional.of(found);
        }

        @Override
        public boolean save(Deployment run) {
            found = run;
            return true;
        }

        void hear(DomainEvent command) {
            var wishes = new FlowWishes(
                    this, _ -> {}, bean(Definitions.class), bean(DeploymentFacts.class), bean(FlowClock.class), clock);
            switch (command.type()) {
                case "flow.start" -> wishes.start(command);
                case "flow.update" -> wishes.update(command);
                case "flow.stop" -> wishes.stop(command);
                default -> wishes.suspend(command);
            }
            if (carriesOut) {
                carryOut();
            }
        }

        private void carryOut() {
            var now = clock.instant();
            found = switch (found.state()) {
                case STARTING, UPDATING -> {
                    var next = found.current().next();
                    var carried = next == null
                            ? found.with(found.current().named(List.of("a queue"), List.of()))
                            : found.withoutRuns()
                                    .alsoInForce(DeploymentRun.fresh(new Ids().nextHex32(), flow, next, now)
                                            .named(List.of("another queue"), List.of()));
                    yield carried.to(State.ACTIVE, now);
                }
                case STOPPING -> found.withoutRuns().to(State.INACTIVE, now);
                case SUSPENDING -> found.to(State.SUSPENDED, now);
                default -> found;
            };
        }

        String settled() {
            carryOut();
            return found.state()
                    + (found.state() == State.ACTIVE
                            ? " "
                                    + bean(Definitions.class)
                                            .read(found.current().definition())
                                            .version()
                                            .id()
                            : "");
        }
    }
}
