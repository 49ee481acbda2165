package dev.weft.execution.routing;

import dev.weft.common.flowmessage.EffectKey;
import dev.weft.common.id.Ids;
import dev.weft.execution.failure.Failure;
import dev.weft.execution.mapping.EvaluationContext;
import dev.weft.execution.mapping.Undefined;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.plan.PlannedEdge;
import dev.weft.execution.plan.PlannedStep;
import dev.weft.execution.step.StepUnavailable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.stereotype.Service;

/**
 * Decides which edges a message takes, and makes the message for each target (engine 3): condition, mapping,
 * passthrough, effect key. {@code Departures} sends it.
 */
@Service
public class Router {

    /** The result of one edge for an emitted message, unless the edge's condition is false. */
    public sealed interface Routed {

        /** The message at the edge's target. */
        Arrival arrival();

        /** The message goes on. */
        record Taken(Arrival arrival) implements Routed {}

        /**
         * The edge's condition or mapping failed: an error of its target, whose input is the message before the edge.
         */
        record Fault(Arrival arrival, Failure failure) implements Routed {}
    }

    private final Ids ids;

    public Router(Ids ids) {
        this.ids = ids;
    }

    /** The message as it leaves a step, with what those behind may look back at. */
    public StepMessage leaving(Arrival from, StepMessage emitted) {
        return leaving(from.step(), from.message().passthrough(), emitted);
    }

    /**
     * A step whose passthrough is disabled sends none on, neither its own output nor what came before it (api-v2 11.6).
     *
     * @param before what came to the step
     */
    private static StepMessage leaving(PlannedStep step, Map<String, Object> before, StepMessage emitted) {
        if (!step.sendsOn()) {
            return emitted.withPassthrough(Map.of());
        }
        if (!step.carried()) {
            return emitted.withPassthrough(before);
        }
        var passthrough = new LinkedHashMap<String, Object>(before);
        passthrough.put(step.id(), emitted.shown());
        return emitted.withPassthrough(passthrough);
    }

    /** @param emit which of the messages that the step emitted for this input */
    public List<Routed> route(Plan plan, Arrival from, StepMessage leaving, String emit) {
        var routed = new ArrayList<Routed>();
        var context = EvaluationContext.of(leaving, plan.variables());
        for (var edge : from.step().edges()) {
            over(edge, leaving, context, message -> arrival(plan, from, edge, message, emit))
                    .ifPresent(routed::add);
        }
        return routed;
    }

    /**
     * A message that failed at an edge, once more: as if its source, as it is in this version, had emitted it now. Empty
     * when the edge is closed to it.
     */
    public Optional<Routed> again(Plan plan, Arrival failed, String edge) {
        var source = failed.envelope().source();
        var planned = plan.findEdge(source, edge);
        if (source == null || planned.isEmpty()) {
            return Optional.of(new Routed.Fault(failed, Failure.noEdge(edge)));
        }
        var leaving = leaving(plan.step(source), failed.message().passthrough(), failed.message());
        var context = EvaluationContext.of(leaving, plan.variables());
        return over(planned.get(), leaving, context, message -> new Arrival(failed.step(), message, failed.envelope()));
    }

    private static Optional<Routed> over(
            PlannedEdge edge, StepMessage leaving, EvaluationContext context, Function<StepMessage, Arrival> arrival) {
        try {
            return edge.isOpen(context)
                    ? Optional.of(new Routed.Taken(arrival.apply(mapped(edge, leaving, context))))
                    : Optional.empty();
        } catch (StepUnavailable e) {
            // The sandbox is not available just now. The edge is not to blame: the whole delivery is worked on again.
            throw e;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return Optional.of(new Routed.Fault(arrival.apply(leaving).before(edge.id()), Failure.of(e)));
        }
    }

    private static StepMessage mapped(PlannedEdge edge, StepMessage leaving, EvaluationContext context) {
        if (edge.mapper().passesOn()) {
            return leaving;
        }
        var body = edge.mapper().map(context);
        return leaving.withBody(Undefined.is(body) ? Map.of() : body);
    }

    private Arrival arrival(Plan plan, Arrival from, PlannedEdge edge, StepMessage message, String emit) {
        // The attempt is not part of this key: whichever attempt emits the message, it has the same effect.
        var key = EffectKey.next(from.envelope().effectKey(), edge.target(), edge.id(), emit);
        var envelope = from.envelope().next(ids.nextHex32(), from.step().id(), edge.target(), key);
        return new Arrival(plan.step(edge.target()), message, envelope);
    }
}
