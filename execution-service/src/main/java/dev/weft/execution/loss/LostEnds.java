package dev.weft.execution.loss;

import dev.weft.common.duty.RareLines;
import dev.weft.common.id.Ids;
import dev.weft.execution.deployment.Definitions;
import dev.weft.execution.deployment.DeploymentRun;
import dev.weft.execution.execution.MongoUnendedExecutions;
import dev.weft.execution.execution.MongoUnendedExecutions.Unended;
import dev.weft.execution.failure.LostMessage;
import dev.weft.execution.message.MessageCodec;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.plan.Planner;
import dev.weft.execution.queue.FlowFrame;
import dev.weft.execution.queue.FlowPublisher;
import dev.weft.execution.queue.PublishFailure;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Ends an execution of which messages are nowhere: each of them becomes an error record, by a frame among the dead letters
 * that says so.
 */
@Service
class LostEnds {

    private static final Logger log = LoggerFactory.getLogger(LostEnds.class);
    private static final long CONFIRM_S = 10;

    private final MongoUnendedExecutions executions;
    private final FlowPublisher publisher;
    private final MessageCodec codec;
    private final Definitions definitions;
    private final Planner planner;
    private final RareLines lines = new RareLines(log);

    LostEnds(
            MongoUnendedExecutions executions,
            FlowPublisher publisher,
            MessageCodec codec,
            Definitions definitions,
            Planner planner) {
        this.executions = executions;
        this.publisher = publisher;
        this.codec = codec;
        this.definitions = definitions;
        this.planner = planner;
    }

    /** If it can not be sent now, the execution is looked at again later. */
    void end(Unended execution, DeploymentRun run) {
        var plan = planner.plan(definitions.read(run.definition()), run.id());
        var lost = run.loss() == null ? plan.queueNames() : run.loss().queues();
        var missing = executions.missing(
                execution,
                worked -> lostAt(plan, lost, worked),
                key -> Ids.sha256("lost:" + execution.id() + ":" + key).substring(0, 32));
        if (missing.isEmpty()) {
            return;
        }
        log.error(
                "{} messages of execution {} of flow {} are nowhere: each becomes an error record",
                missing.size(),
                execution.id(),
                run.flowId());
        for (var message : missing) {
            if (!isSent(plan, LostMessage.of(plan, message, codec))) {
                // Messages that were sent already make the same records again.
                return;
            }
        }
    }

    private boolean isSent(Plan plan, FlowFrame frame) {
        try {
            publisher.publish(frame).get(CONFIRM_S, TimeUnit.SECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException | PublishFailure e) {
            lines.warn(
                    "The end of what is lost can not be sent yet", plan.flow().id(), e);
            return false;
        }
    }

    /**
     * The step of a message that no record names: that of a lost queue to which a step leads that has worked for the
     * execution, and for which it has not worked itself, as far as there is one.
     */
    private static String lostAt(Plan plan, List<String> lost, Set<String> worked) {
        var heads = plan.queues().stream()
                .filter(queue -> lost.contains(queue.name()))
                .map(queue -> queue.steps().getFirst())
                .toList();
        var reached = worked.stream()
                .flatMap(step -> plan.find(step).stream())
                .flatMap(step -> step.edges().stream())
                .map(edge -> edge.target())
                .filter(heads::contains)
                .collect(Collectors.toSet());
        Optional<String> next = heads.stream()
                .filter(head -> reached.contains(head) && !worked.contains(head))
                .findFirst();
        return next.or(() -> heads.stream().filter(reached::contains).findFirst())
                .or(() -> heads.stream().findFirst())
                .orElse(plan.entryStep().id());
    }
}
