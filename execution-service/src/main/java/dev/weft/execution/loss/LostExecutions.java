package dev.weft.execution.loss;

import dev.weft.common.duty.RareLines;
import dev.weft.common.flowmessage.FlowNames;
import dev.weft.common.messaging.MessagingNames;
import dev.weft.execution.consumer.QueueLoad;
import dev.weft.execution.deployment.Deployment;
import dev.weft.execution.deployment.DeploymentRun;
import dev.weft.execution.deployment.Deployments;
import dev.weft.execution.deployment.RunHoldings;
import dev.weft.execution.execution.MongoUnendedExecutions;
import dev.weft.execution.execution.MongoUnendedExecutions.Unended;
import dev.weft.execution.rebound.Rebounds;
import dev.weft.execution.topology.FlowTopology;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Service;

/**
 * Ends executions whose messages are gone, with a queue that the broker lost or by somebody's hand: they would run for
 * ever, and the version that they are of would never drain. An execution ends so only when nobody holds any of its
 * messages:
 *
 * <ol>
 *   <li>No record of it has come for a time ({@link LossProperties#after}), and none does until its end is sent. A
 *       message that moves from one queue to the next leaves a record before it is acknowledged, so one that is alive has
 *       been in one place all that time.
 *   <li>Its queues are there and were seen empty. The broker says that of a queue without a leader, too: so one that our
 *       processes take from must have a consumer, and one that a component takes from none, and then a last look as its
 *       only consumer finds nothing.
 *   <li>At each look every process has answered that it holds nothing of it, begun or not. A process that does not answer
 *       may hold some. They are asked after the queues were looked at: in the other order a message that leaves its queue
 *       in between would be seen in neither place. Before the end whoever takes from the broker is asked once more, also
 *       processes that the store does not know of any more.
 *   <li>None of its messages is a dead letter, was laid aside or is being sent, and whatever waits to come again has had
 *       time to do so.
 * </ol>
 *
 * <p>One replica at a time looks ({@link LossConfiguration}). What it has seen is its own: another begins anew.
 */
@Service
public class LostExecutions {

    /** Processes are asked of so many at once. */
    private static final int TOGETHER = 1000;

    /**
     * What one look has found of the queues of a flow's runs.
     *
     * @param there   those that the broker has
     * @param empty   those of them in which no message is ready, as far as the broker's word can be believed
     * @param untaken those of the empty ones that have no consumer
     */
    private record Seen(Set<String> there, Set<String> empty, Set<String> untaken) {}

    private final Deployments deployments;
    private final MongoUnendedExecutions executions;
    private final RunHoldings holdings;
    private final FlowTopology topology;
    private final Rebounds rebounds;
    private final LostEnds ends;
    private final LossProperties limits;
    private final Clock clock;
    private final RareLines lines = new RareLines(LoggerFactory.getLogger(LostExecutions.class));
    private final Map<String, LostWatch> watches = new HashMap<>();

    LostExecutions(
            Deployments deployments,
            MongoUnendedExecutions executions,
            RunHoldings holdings,
            FlowTopology topology,
            Rebounds rebounds,
            LostEnds ends,
            LossProperties limits,
            Clock clock) {
        this.deployments = deployments;
        this.executions = executions;
        this.holdings = holdings;
        this.topology = topology;
        this.rebounds = rebounds;
        this.ends = ends;
        this.limits = limits;
        this.clock = clock;
    }

    /** One at a time: a look that outlived its limit may meet the next one. */
    public synchronized void look() {
        var flows = new HashSet<>(deployments.withLostQueues());
        flows.addAll(deployments.withDrainingRuns());
        flows.addAll(executions.flowsOfOverdueWaits(clock.instant(), rebounds.longestWait()));
        var seen = new HashSet<String>();
        for (var id : flows) {
            try {
                deployments.find(id).filter(flow -> flow.state().isOpen()).ifPresent(flow -> seen.addAll(look(flow)));
            } catch (FlowTopology.TopologyException | DataAccessException | IllegalArgumentException e) {
                lines.warn("What is lost of a flow can not be seen yet", id, e);
            }
        }
        watches.keySet().retainAll(seen);
    }

    /** Those that are watched from now on. */
    private Set<String> look(Deployment flow) {
        var quiet = quiet(flow);
        if (quiet.isEmpty()) {
            forgetLosses(flow);
            return Set.of();
        }
        var aside = topology.ready(List.of(FlowNames.DEAD_LETTERS, MessagingNames.DEAD));
        if (aside.values().stream().anyMatch(count -> count > 0)) {
            // The dead letters do not tell which executions they belong to before they are worked on, or are sent again
            // by an operator.
            return quiet.keySet();
        }
        var served = flow.consumed().stream().collect(Collectors.toMap(DeploymentRun::id, run -> run));
        var all = List.copyOf(quiet.values());
        var watched = new HashSet<String>();
        for (var begin = 0; begin < all.size(); begin += TOGETHER) {
            var some = look(flow, served, all.subList(begin, Math.min(all.size(), begin + TOGETHER)));
            // Earlier looks prove nothing if a process may have held a message meanwhile, so all watches begin anew.
            if (some.isEmpty()) {
                return Set.of();
            }
            watched.addAll(some.get());
        }
        return watched;
    }

    /** As above of some; empty when nobody knows. */
    private Optional<Set<String>> look(Deployment flow, Map<String, DeploymentRun> served, List<Unended> some) {
        var seen = see(flow, served.values());
        var held = holdings.holding(flow, some.stream().map(Unended::id).collect(Collectors.toSet()));
        if (held.isEmpty()) {
            return Optional.empty();
        }
        var watched = new HashSet<String>();
        var lost = new LinkedHashMap<Unended, DeploymentRun>();
        for (var execution : some) {
            var its = execution.runs().stream()
                    .filter(served::containsKey)
                    .map(served::get)
                    .toList();
            var queues = its.stream().flatMap(run -> run.queues().stream()).toList();
            if (held.get().contains(execution.id())
                    || !isServed(flow, execution, served.keySet())
                    // A message that comes back from a wait and finds no queue waits once more, in a place where nobody
                    // looks.
                    || !seen.there().containsAll(queues)) {
                watches.remove(execution.id());
                continue;
            }
            var watch = watches.compute(
                    execution.id(),
                    (_, known) -> known != null && known.isOf(execution.revision())
                            ? known
                            : new LostWatch(
                                    execution.revision(), clock.instant().plus(patience())));
            watch.look(clock.instant(), seen.empty());
            watched.add(execution.id());
            if (watch.isLost(queues)) {
                lost.put(execution, its.getLast());
            }
        }
        endThose(flow, lost, seen.untaken());
        return Optional.of(watched);
    }

    /** With the wait of what a component has rejected without a word, of which no record tells. */
    private Duration patience() {
        return limits.after().plus(rebounds.firstWait());
    }

    /** Of which nothing has been heard for the time, by id. */
    private Map<String, Unended> quiet(Deployment flow) {
        var since = clock.instant().minus(limits.after());
        var found = new LinkedHashMap<String, Unended>();
        flow.consumed()
                .forEach(run -> executions
                        .of(run.flowId(), run.id(), since, rebounds.longestWait())
                        .forEach(execution -> found.put(execution.id(), execution)));
        return found;
    }

    /** A run whose queues are there and not taken from says nothing; one that has gone has nothing. */
    private static boolean isServed(Deployment flow, Unended execution, Set<String> served) {
        return flow.named().stream()
                .map(DeploymentRun::id)
                .filter(execution.runs()::contains)
                .allMatch(served::contains);
    }

    private Seen see(Deployment flow, Collection<DeploymentRun> served) {
        var seen = new Seen(new HashSet<>(), new HashSet<>(), new HashSet<>());
        for (var run : served) {
            var loads = holdings.of(flow, run.id());
            var depths = topology.depths(run.queues());
            seen.there().addAll(depths.keySet());
            loads.ifPresent(known -> depths.forEach((queue, depth) -> {
                var isOurs = known.getOrDefault(queue, QueueLoad.NONE).consumers() > 0;
                // Of several waiting single-active consumers the broker counts the active one only.
                if (depth.ready() == 0 && isOurs == depth.consumers() > 0) {
                    seen.empty().add(queue);
                    if (!isOurs) {
                        seen.untaken().add(queue);
                    }
                }
            }));
        }
        return seen;
    }

    private void endThose(Deployment flow, Map<Unended, DeploymentRun> lost, Set<String> untaken) {
        if (lost.isEmpty() || !topology.areEmpty(untaken)) {
            return;
        }
        var all = lost.keySet().stream().map(Unended::id).collect(Collectors.toSet());
        var held = holdings.heldByAnyone(flow, all);
        lost.forEach((execution, run) -> {
            // An execution that is not ended below is watched anew from the beginning.
            watches.remove(execution.id());
            if (held.isPresent() && !held.get().contains(execution.id())) {
                ends.end(execution, run);
            }
        });
    }

    /** Nothing that began before may miss anything any more. */
    private void forgetLosses(Deployment flow) {
        var changed = flow;
        var isChanged = false;
        for (var run : flow.named()) {
            var loss = run.loss();
            if (loss != null) {
                var over = loss.at().plus(limits.after().multipliedBy(2));
                if (over.isBefore(clock.instant()) && !executions.isAnyOf(run.flowId(), run.id(), over)) {
                    changed = changed.with(run.withoutLoss());
                    isChanged = true;
                }
            }
        }
        if (isChanged) {
            deployments.save(changed);
        }
    }
}
