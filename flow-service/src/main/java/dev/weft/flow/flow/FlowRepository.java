package dev.weft.flow.flow;

import dev.weft.common.event.Outgoing;
import dev.weft.flow.quota.FlowLimit;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The flows; a change and the messages about it are stored together. Deleted flows are not found. */
public interface FlowRepository {

    /**
     * The query of a list of a workspace's flows; all conditions must hold, each by any of its values.
     *
     * @param sort field to sort by; the id when empty
     */
    record FlowListing(
            String workspaceId,
            List<String> hasDraft,
            List<String> statuses,
            List<String> types,
            List<String> users,
            String search,
            Optional<String> sort,
            boolean descending,
            long skip,
            int size) {

        /** A page of flows, whether it ends early because flows are large, and how many there are in all. */
        public record Page(List<Flow> flows, boolean cut, long total) {}
    }

    Optional<Flow> find(String id);

    void insert(Flow flow, List<Outgoing> messages);

    /** Stores a change on top of the revision it was made from; false when someone was faster. */
    boolean replace(Flow changed, List<Outgoing> messages);

    /** Hides the flow from now on; false when someone was faster. */
    boolean delete(Flow flow, Instant now, List<Outgoing> messages);

    FlowListing.Page list(FlowListing listing);

    /** Flows whose latest version uses the credential. */
    List<String> usingCredential(String credentialId);

    /** How many flows there are of those that the limit counts, without the named ones. */
    long count(FlowLimit limit, List<String> without);

    /**
     * Flows of the tenant whose latest version or draft has a step of the component, and those of the given ones that are
     * the tenant's.
     *
     * @param command {@code team/component}, as drafts name it
     * @param others  flows of which a former version has one
     */
    List<String> usingComponent(String tenantId, String componentId, String command, List<String> others);

    /** Flows of the workspace whose draft uses the credential. */
    List<String> draftsUsingCredential(String workspaceId, String credentialId);

    /** Flows of the contract that are not yet known to have stopped, or shall run. */
    List<String> notStopped(String contractId);

    /**
     * How many queues the flows of the contract have in all their runs, by flow: those that are not yet known to have
     * stopped, and deleted ones until execution-service has heard of that.
     */
    Map<String, Long> queues(String contractId);

    /** How many containers they have, in the same way. */
    Map<String, Long> containers(String contractId);

    /**
     * The command with that number, as JSON, also of a deleted flow: until it is known to be carried out, or a later one
     * has been given.
     */
    Optional<String> command(String id, long wish);

    /** All flows of the workspace. */
    List<String> ofWorkspace(String workspaceId);

    /** Ids of the components that the latest versions of the workspace's flows use, each once. */
    List<String> componentsOf(String workspaceId);

    /** Deleted flows of the workspace of which nothing is left to be told or heard. */
    List<String> settledOf(String workspaceId);

    /** Whether anything is stored of a flow of the workspace, deleted ones included. */
    boolean hasAnyOf(String workspaceId);

    /** Some of the flows of other contracts whose latest version uses one of the components. */
    List<String> usingComponents(Collection<String> components, String otherThanContract);

    /** Ids of flows deleted before the instant, whose messages were all taken. */
    List<String> deletedBefore(Instant instant, int most);

    void purge(String id);
}
