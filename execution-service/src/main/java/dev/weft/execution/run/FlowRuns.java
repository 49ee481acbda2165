package dev.weft.execution.run;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is kept of flows that run or ran. */
public interface FlowRuns {

    String COLLECTION = "flow_runs";

    Optional<FlowRun> find(String flowId);

    /** Stores a change and what it announces in one write; false when someone else was faster. */
    boolean save(FlowRun run);

    void delete(FlowRun run);

    /** Flows whose queues are consumed. */
    List<String> open();

    /** Flows with something left to carry out since before that instant. */
    List<String> pending(Instant before);

    List<String> withDrainingRuns();

    /** Flows that became inactive in that time. */
    List<String> stopped(Instant from, Instant to);

    /** Flows due to fire, the longest overdue first. */
    List<String> due(Instant now, int limit);

    /** Flows whose run in force uses that credential. */
    List<String> using(String credentialId);
}
