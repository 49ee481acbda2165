package dev.weft.execution.hop;

import dev.weft.common.flowmessage.EffectKey;
import dev.weft.common.id.Ids;
import dev.weft.execution.failure.Failure;
import dev.weft.execution.mapping.EvaluationContext;
import dev.weft.execution.mapping.Undefined;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.plan.PlannedEdge;
import dev.weft.execution.step.StepUnavailable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;

/** Which edges a message takes, and as what (engine 3): condition, mapping, passthrough, effect key. */
@Service
class Router {

    private final Ids ids;

    Router(Ids ids) {
        this.ids = ids;
    }

    /**
     * The message as it leaves a step, with what those behind may look back at. A step whose passthrough is disabled
     * sends none on, neither its own output nor what came before it (api-v2 11.6).
     */
    StepMessage leaving(Arrival from, StepMessage emitted) {
        var step = from.step();
        if (!step.sendsOn()) {
            return emitted.withPassthrough(Map.of());
        }
        if (!step.carried()) {
            return emitted.withPassthrough(from.message().passthrough());
        }
        var passthrough = new LinkedHashMap<String, Object>(from.message().passthrough());
        passthrough.put(step.id(), emitted.shown());
        return emitted.withPassthrough(passthrough);
    }

    /** @param ordinal which of the messages that the step emitted for this input */
    List<Routed> route(Plan plan, Arrival from, StepMessage leaving, int ordinal) {
        var routed = new ArrayList<Routed>();
        var context = EvaluationContext.of(leaving, plan.variables());
        for (var edge : from.step().edges()) {
            try {
                if (edge.isOpen(context)) {
                    var mapped = mapped(edge, leaving, context);
                    routed.add(new Routed.Taken(arrival(plan, from, edge, mapped, ordinal)));
                }
            } catch (StepUnavailable e) {
                throw e;
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                routed.add(new Routed.Fault(arrival(plan, from, edge, leaving, ordinal), Failure.of(e)));
            }
        }
        return routed;
    }

    private static StepMessage mapped(PlannedEdge edge, StepMessage leaving, EvaluationContext context) {
        if (edge.mapper().passesOn()) {
            return leaving;
        }
        var body = edge.mapper().map(context);
        return leaving.withBody(Undefined.is(body) ? Map.of() : body);
    }

    private Arrival arrival(Plan plan, Arrival from, PlannedEdge edge, StepMessage message, int ordinal) {
        var key = EffectKey.next(from.envelope().effectKey(), edge.target(), edge.id(), ordinal);
        var envelope = from.envelope().next(ids.nextHex32(), from.step().id(), edge.target(), key);
        return new Arrival(plan.step(edge.target()), message, envelope);
    }
}
