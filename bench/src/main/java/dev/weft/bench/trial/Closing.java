package dev.weft.bench.trial;

import dev.weft.bench.launch.BrokerNode;
import dev.weft.bench.launch.BrokerQueue;
import dev.weft.bench.launch.ServiceHealth;
import dev.weft.bench.ledger.FlowLedger;
import dev.weft.bench.ledger.Patience;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What must hold when the faults are over: the books close, and nothing is left. */
public record Closing(BrokerNode broker, Verdict verdict) {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /**
     * A fact or command whose handler has failed four times, each time in another fault, comes again after two minutes.
     */
    private static final Duration OF_WAITS = Duration.ofMinutes(3);

    private static final String WAITS = "weft.wait.";

    /** All that was promised has arrived, once by name, and belongs to executions that have ended. */
    public void account(FlowLedger ledger, Duration patience) throws IOException, InterruptedException {
        var label = ledger.kind().label() + " " + ledger.flow();
        var account = ledger.awaitArrivals(patience);
        verdict.check(
                label + ": promised = arrived",
                account.keepsThePromise(),
                "%d calls accepted, %d effects promised, %d arrived, %d lost%s, %d repeated, %d under another key; answers %s"
                        .formatted(
                                ledger.accepted().size(),
                                account.promised(),
                                account.arrived(),
                                account.lost().size(),
                                account.lost().isEmpty()
                                        ? ""
                                        : " ("
                                                + account.lost().stream()
                                                        .limit(5)
                                                        .toList() + ")",
                                account.repeated(),
                                account.otherKey(),
                                ledger.calls().book().answers()));
        verdict.checkNone(
                label + ": accepted calls without an ended execution, or executions running",
                ledger.awaitEnds(PATIENCE));
    }

    /** Nothing waits anywhere, and the queues of runs are those of these flows. */
    public void queues(Set<String> active) throws IOException, InterruptedException {
        var patience = new Patience(PATIENCE);
        verdict.checkNone(
                "queues with messages",
                patience.until(
                        Collection::isEmpty,
                        () -> queuesWhere(
                                queue -> queue.messages() > 0 && !queue.name().startsWith(WAITS))));
        verdict.checkNone(
                "queues of flows that are not active",
                patience.until(
                        Collection::isEmpty,
                        () -> queuesWhere(queue -> !queue.flow().isEmpty() && !active.contains(queue.flow()))));
        // This is asked the other way round as well: a flow that says that it is active and has no queue answers
        // nobody.
        var served = patience.until(
                flows -> flows.containsAll(active),
                () -> broker.queues().stream().map(BrokerQueue::flow).collect(Collectors.toSet()));
        verdict.checkNone(
                "active flows without a queue",
                active.stream().filter(flow -> !served.contains(flow)).toList());
        verdict.checkNone(
                "facts and commands that wait to be tried again",
                new Patience(OF_WAITS)
                        .until(
                                Collection::isEmpty,
                                () -> queuesWhere(queue ->
                                        queue.messages() > 0 && queue.name().startsWith(WAITS))));
    }

    private List<BrokerQueue> queuesWhere(Predicate<BrokerQueue> wanted) throws IOException, InterruptedException {
        return broker.queues().stream().filter(wanted).toList();
    }

    public void health(int base) throws IOException, InterruptedException {
        try (var health = new ServiceHealth(base)) {
            verdict.checkNone(
                    "services that are not up", new Patience(PATIENCE).until(Collection::isEmpty, health::ailing));
        }
    }
}
