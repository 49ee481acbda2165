package dev.weft.execution.worker;

import dev.weft.common.broker.ContractBacklogs;
import dev.weft.common.event.Fact;
import dev.weft.common.messaging.ConfirmedPublisher;
import dev.weft.common.outbox.Outbox;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.worker.BacklogWatch.BacklogFacts;
import dev.weft.execution.worker.BacklogWatch.ContractFacts;
import java.util.Map;
import org.springframework.stereotype.Service;

/**
 * Publishes the fact {@code flow.backlog} to every gateway, {@code {"run","count"}}, and {@code contract.backlog} to
 * every gateway and execution-service ({@link ContractBacklogs.Word}). They bypass the outbox: each fact is valid for
 * seconds only, and the next one makes up for a lost one.
 */
@Service
class PublishedBacklogFacts implements BacklogFacts, ContractFacts {

    private final Outbox outbox;
    private final ConfirmedPublisher publisher;

    PublishedBacklogFacts(Outbox outbox, ConfirmedPublisher publisher) {
        this.outbox = outbox;
        this.publisher = publisher;
    }

    @Override
    public void tell(Plan plan, long count) {
        var flow = plan.flow();
        var place = new Outbox.Place(flow.tenantId(), flow.contractId(), flow.workspaceId());
        Map<String, Object> payload = Map.of("run", plan.runId(), "count", count);
        publisher.tryPublish(outbox.event(Fact.FLOW_BACKLOG, 0, place, flow.id(), null, payload));
    }

    @Override
    public void tell(Plan one, ContractBacklogs.Word word) {
        var flow = one.flow();
        var place = new Outbox.Place(flow.tenantId(), flow.contractId(), null);
        publisher.tryPublish(outbox.event(Fact.CONTRACT_BACKLOG, 0, place, flow.contractId(), null, word.payload()));
    }
}
