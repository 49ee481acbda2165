package dev.weft.execution.deployment;

import dev.weft.common.flowmessage.FlowHeaders;
import dev.weft.common.flowmessage.FlowMessageRoute;
import dev.weft.execution.deployment.Deployment.State;
import dev.weft.execution.plan.Plan;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Service;

/**
 * Where a message that was laid aside goes when an operator sends it again: to its own run while that exists, else to
 * the same step of the version in force.
 */
@Service
class RedrivenMessages implements FlowMessageRoute {

    private final Deployments deployments;
    private final RunningFlows running;

    RedrivenMessages(Deployments deployments, RunningFlows running) {
        this.deployments = deployments;
        this.running = running;
    }

    @Override
    public Way of(Map<String, Object> headers) {
        var flow = String.valueOf(headers.get(FlowHeaders.TASK_ID));
        if (deployments
                .find(flow)
                .filter(deployment -> deployment.state() != State.DELETED)
                .isEmpty()) {
            return new Way.Nowhere("The flow " + flow + " is gone.");
        }
        try {
            return running.find(flow, String.valueOf(headers.get(FlowHeaders.EXEC_ID)))
                    .or(() -> running.plan(flow))
                    .map(plan -> to(plan, headers))
                    .orElseGet(() -> new Way.Nowhere("The flow " + flow + " does not run."));
        } catch (IllegalArgumentException e) {
            return new Way.Nowhere("The flow " + flow + " can not be run: " + e.getMessage());
        }
    }

    private static Way to(Plan plan, Map<String, Object> headers) {
        var target = headers.get(FlowHeaders.TARGET);
        var step = target == null ? plan.entryStep().id() : target.toString();
        if (plan.find(step).isEmpty()) {
            return new Way.Nowhere("The running version of flow " + plan.flow().id() + " has no step " + step + ".");
        }
        var renewed = new HashMap<>(headers);
        // Its headers name the run that it was laid aside from, which may have ended since.
        renewed.putAll(plan.headers());
        return new Way.To(plan.queueOf(step), renewed);
    }
}
