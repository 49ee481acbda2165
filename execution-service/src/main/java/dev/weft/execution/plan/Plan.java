package dev.weft.execution.plan;

import dev.weft.common.flowmessage.FlowNames;
import dev.weft.execution.plan.PlannedStep.PlannedWork.Sailor;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A flow version made ready for one run.
 *
 * @param steps         by id
 * @param queues        that of the first step first
 * @param entryStep     the trigger
 * @param errorHandler  takes one message for every error record of the other steps
 * @param answers       a step that can answer a webhook's caller is in the version (api-v2 11.6)
 * @param answersErrors such a step is reachable from the error handler
 * @param headers       AMQP headers that all messages of the run share
 */
public record Plan(
        FlowDefinition definition,
        String runId,
        Map<String, PlannedStep> steps,
        List<PlannedQueue> queues,
        PlannedStep entryStep,
        Optional<PlannedStep> errorHandler,
        boolean answers,
        boolean answersErrors,
        Map<String, Object> headers) {

    public FlowDefinition.Flow flow() {
        return definition.flow();
    }

    public String versionId() {
        return definition.version().id();
    }

    public Map<String, String> variables() {
        var variables = definition.variables();
        return variables == null ? Map.of() : variables;
    }

    public String entryQueue() {
        return entryStep.queue();
    }

    /** The edge of that id, if the version has it and the step it leaves. */
    public Optional<PlannedEdge> findEdge(@Nullable String source, String id) {
        var step = source == null ? null : steps.get(source);
        return step == null
                ? Optional.empty()
                : step.edges().stream().filter(edge -> edge.id().equals(id)).findFirst();
    }

    public Optional<PlannedStep> find(String stepId) {
        return Optional.ofNullable(steps.get(stepId));
    }

    /** @throws IllegalArgumentException when the version has no such step */
    public PlannedStep step(String stepId) {
        return find(stepId).orElseThrow(() -> new IllegalArgumentException("The version has no step " + stepId + "."));
    }

    /** Queues that processes of components take from, by step; their run has an {@link #exchange} for what they publish. */
    public Map<String, Sailor> sailors() {
        var sailors = new LinkedHashMap<String, Sailor>();
        steps.forEach((id, step) -> {
            if (step.work() instanceof Sailor sailor) {
                sailors.put(id, sailor);
            }
        });
        return sailors;
    }

    /** The name of the exchange to which the run's sailors publish. */
    public String exchange() {
        return FlowNames.exchange(flow().id(), runId);
    }

    /** All queues of the run: those that are worked on here, and those that sailors take from. */
    public List<String> queueNames() {
        return Stream.concat(
                        queues.stream().map(PlannedQueue::name),
                        sailors().values().stream().map(Sailor::queue))
                .toList();
    }

    /** How long a message may be in work at most in any of its queues; what a sailor does with one is not known. */
    public Duration longest() {
        return queues.stream()
                .map(PlannedQueue::longest)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** The same in one of them; in any when it is none of the run's, as that of the dead letters. */
    public Duration longest(String queue) {
        for (var planned : queues) {
            if (planned.name().equals(queue)) {
                return planned.longest();
            }
        }
        return longest();
    }

    /** How long work may be begun for one of its messages; see {@link PlannedQueue#begins}. */
    public Duration begins(String queue) {
        var longest = Duration.ZERO;
        for (var planned : queues) {
            if (planned.name().equals(queue)) {
                return planned.begins();
            }
            longest = longest.compareTo(planned.begins()) < 0 ? planned.begins() : longest;
        }
        return longest;
    }

    /** Where a message for a step is sent: its own queue, or that of the step whose worker does it too. */
    public String queueOf(String stepId) {
        return step(stepId).queue();
    }
}
