package dev.weft.execution.execution;

import dev.weft.common.event.Outgoing;
import org.springframework.context.ApplicationContext;

/** Of a process that dies when it has stored what is to be told. */
final class UntoldEnds implements MongoExecutionStore.Ends {

    private final PublishedEnds words;

    UntoldEnds(ApplicationContext service) {
        this.words = service.getBean(PublishedEnds.class);
    }

    @Override
    public Outgoing toCaller(Execution ended) {
        return words.toCaller(ended);
    }

    @Override
    public Outgoing toWatcher(Execution ended) {
        return words.toWatcher(ended);
    }

    @Override
    public void tell(String executionId) {
        // It is dead by now.
    }

    @Override
    public boolean tellNow(String executionId) {
        // It is dead by now.
        return false;
    }
}
