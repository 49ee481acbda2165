package dev.weft.execution.deployment;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The stored deployments, by owner; those of stopped flows too. */
public interface Deployments {

    String COLLECTION = "flow_runs";

    /** Of whoever changes queues of a deployment; renewed while the work goes on, and a dead holder blocks it for this long. */
    Duration LEASE = Duration.ofSeconds(20);

    /** The name of that lease. */
    static String lease(String ownerId) {
        return "flow:" + ownerId;
    }

    Optional<Deployment> find(String ownerId);

    /** Whose those are, as far as anything is known of them. */
    List<Deployment.Owner> owners(Collection<String> ownerIds);

    /** Stores a change and what it announces in one write, and has it told soon; false when someone else was faster. */
    boolean save(Deployment run);

    /** The same; when it returns, all is told, if the broker is there. */
    boolean saveAndTell(Deployment run);

    /** Takes away what is left of flows that were deleted before that instant. */
    void forgetDeleted(Instant before);

    /** Flows whose queues are consumed. */
    List<String> open();

    /** Flows with something left to carry out since before that instant, the longest waiting first. */
    List<String> pending(Instant before, int most);

    List<String> withDrainingRuns();

    /** Flows of which ended runs may still write records. */
    List<String> withStragglers();

    /** Flows that are served by queues which the broker has lost, or had lost before they were declared again. */
    List<String> withLostQueues();

    /** Flows due to fire, the longest overdue first. */
    List<String> due(Instant now, int limit);

    /** All flows of the workspace of which anything is known, ended ones too. */
    List<String> ofWorkspace(String workspaceId);

    /** Takes away what is left of flows of the workspace that have ended, and of which nothing more can come. */
    void forgetEnded(String workspaceId);

    /** Flows of which a run in force uses that credential. */
    List<String> using(String credentialId);
}
