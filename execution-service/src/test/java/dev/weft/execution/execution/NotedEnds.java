package dev.weft.execution.execution;

import dev.weft.common.event.Outgoing;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes of which executions the end is told. */
public final class NotedEnds implements MongoExecutionStore.Ends {

    public final List<String> told = new CopyOnWriteArrayList<>();

    @Override
    public Outgoing toCaller(Execution ended) {
        return word(ended, "execution.ended");
    }

    @Override
    public Outgoing toWatcher(Execution ended) {
        return word(ended, "execution.ended." + ended.watcher);
    }

    private static Outgoing word(Execution ended, String key) {
        return new Outgoing("word-" + ended.id, "events", key, ended.status().wire(), Instant.EPOCH);
    }

    @Override
    public void tell(String executionId) {
        told.add(executionId);
    }

    @Override
    public boolean tellNow(String executionId) {
        told.add(executionId);
        return false;
    }
}
