package dev.weft.execution.takedown;

import dev.weft.common.flowmessage.KickOffHeaders;
import dev.weft.execution.plan.FlowDefinition;
import dev.weft.execution.record.DeliveryRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is seen of kick-offs that are about to be dropped with their queue; kept until it is taken to be told. */
final class DroppedKickOffs {

    /** No caller waits for so long (api-v2 11.6), whatever the clocks of others say. */
    private static final Duration NOBODY_WAITS = Duration.ofMinutes(2);

    private final FlowDefinition definition;
    private final String run;
    private final long now;
    private Map<String, String> callers = new HashMap<>();
    private List<DeliveryRecord> watched = new ArrayList<>();

    DroppedKickOffs(FlowDefinition definition, String run, long now) {
        this.definition = definition;
        this.run = run;
        this.now = now;
    }

    void see(Map<String, Object> headers) {
        KickOffHeaders.read(headers).ifPresent(this::see);
    }

    private void see(KickOffHeaders kickOff) {
        // Each word costs a confirm of the broker, and a queue may be full of calls that were given up long ago.
        if (kickOff.replyTo() != null && now - kickOff.startedAtMs() < NOBODY_WAITS.toMillis()) {
            callers.put(kickOff.execution(), kickOff.replyTo());
        }
        if (kickOff.watcher() != null) {
            watched.add(record(kickOff));
        }
    }

    private DeliveryRecord record(KickOffHeaders kickOff) {
        var flow = definition.flow();
        return new DeliveryRecord(
                kickOff.execution(),
                flow.id(),
                definition.version().id(),
                run,
                flow.workspaceId(),
                flow.tenantId(),
                flow.userId(),
                kickOff.trigger(),
                kickOff.startedAtMs(),
                List.of(),
                List.of(),
                null,
                kickOff.watcher());
    }

    /** Reply routes of callers who may wait still, by execution. Each is given once. */
    Map<String, String> takeCallers() {
        var taken = callers;
        callers = new HashMap<>();
        return taken;
    }

    /** Each is given once. */
    List<DeliveryRecord> takeWatched() {
        var taken = watched;
        watched = new ArrayList<>();
        return taken;
    }
}
