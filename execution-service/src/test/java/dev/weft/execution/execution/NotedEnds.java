package dev.weft.execution.execution;

import dev.weft.common.event.Outgoing;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes of which executions the end is told. */
public final class NotedEnds implements MongoExecutionStore.Ends {

    public final List<String> told = new CopyOnWriteArrayList<>();

    @Override
    public Outgoing word(Execution ended) {
        return new Outgoing(
                "word-" + ended.id, "events", "execution.ended", ended.status().wire(), Instant.EPOCH);
    }

    @Override
    public void tell(String executionId) {
        told.add(executionId);
    }
}
