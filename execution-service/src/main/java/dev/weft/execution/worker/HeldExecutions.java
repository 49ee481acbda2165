package dev.weft.execution.worker;

import java.util.HashSet;
import java.util.Set;
import org.springframework.stereotype.Service;

/** Answers which executions this process holds messages of. */
@Service
public class HeldExecutions {

    private final Workers workers;
    private final DeadLetters deadLetters;

    HeldExecutions(Workers workers, DeadLetters deadLetters) {
        this.workers = workers;
        this.deadLetters = deadLetters;
    }

    /** Those of the given ones that it may have something of, in work, waiting or on its way back to the broker. */
    public Set<String> among(Set<String> executions) {
        var held = new HashSet<>(workers.holding(executions));
        held.addAll(deadLetters.holding(executions));
        return held;
    }
}
