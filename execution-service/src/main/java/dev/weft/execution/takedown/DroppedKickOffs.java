package dev.weft.execution.takedown;

import dev.weft.common.flowmessage.KickOffHeaders;
import dev.weft.execution.plan.FlowDefinition;
import dev.weft.execution.record.DeliveryRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What is seen of kick-offs that are about to be dropped with their queue, by the thread of the broker's client. */
final class DroppedKickOffs {

    private final FlowDefinition definition;
    private final String run;
    private final Map<String, String> callers = new ConcurrentHashMap<>();
    private final Queue<DeliveryRecord> watched = new ConcurrentLinkedQueue<>();

    DroppedKickOffs(FlowDefinition definition, String run) {
        this.definition = definition;
        this.run = run;
    }

    void see(Map<String, Object> headers) {
        KickOffHeaders.read(headers).ifPresent(this::see);
    }

    private void see(KickOffHeaders kickOff) {
        if (kickOff.replyTo() != null) {
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

    /** Reply routes of callers who wait, by execution. */
    Map<String, String> callers() {
        return Map.copyOf(callers);
    }

    /** Each is given once. */
    List<DeliveryRecord> takeWatched() {
        var taken = new ArrayList<DeliveryRecord>();
        for (var next = watched.poll(); next != null; next = watched.poll()) {
            taken.add(next);
        }
        return taken;
    }
}
