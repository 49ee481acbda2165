package dev.weft.flow.resource;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.OpenToAll;
import dev.weft.common.access.Permission;
import dev.weft.common.access.Scope;
import dev.weft.common.deletion.Deletions;
import dev.weft.common.id.Ids;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.ProblemException;
import dev.weft.flow.closure.FlowDeletion;
import dev.weft.flow.content.FlowPlace;
import dev.weft.flow.content.FlowType;
import dev.weft.flow.flow.Flow;
import dev.weft.flow.flow.FlowChangeService;
import dev.weft.flow.flow.FlowChangeService.Change;
import dev.weft.flow.flow.FlowMessages;
import dev.weft.flow.flow.FlowRepository;
import dev.weft.flow.flow.FlowRepository.FlowListing;
import dev.weft.flow.quota.FlowLimit;
import dev.weft.flow.reference.WorkspaceDefaults;
import dev.weft.flow.version.FlowPublishService;
import dev.weft.flow.version.FlowSent;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Makes, lists, changes and deletes flows: each use case is one method, which checks the permission, decides with
 * {@link FlowPublishService} and {@link Flow}, and stores the result.
 */
@Service
class FlowService {

    private final FlowRepository flows;
    private final FlowChangeService changes;
    private final FlowPublishService publishing;
    private final FlowMessages messages;
    private final FlowDeletion deletion;
    private final Deletions deletions;
    private final WorkspaceDefaults defaults;
    private final FlowCountQuota quota;
    private final AccessClient access;
    private final Clock clock;
    private final Ids ids;

    FlowService(
            FlowRepository flows,
            FlowChangeService changes,
            FlowPublishService publishing,
            FlowMessages messages,
            FlowDeletion deletion,
            Deletions deletions,
            WorkspaceDefaults defaults,
            FlowCountQuota quota,
            AccessClient access,
            Clock clock,
            Ids ids) {
        this.flows = flows;
        this.changes = changes;
        this.publishing = publishing;
        this.messages = messages;
        this.deletion = deletion;
        this.deletions = deletions;
        this.defaults = defaults;
        this.quota = quota;
        this.access = access;
        this.clock = clock;
        this.ids = ids;
    }

    /** @param document read only once the caller may make flows there */
    Flow create(Caller caller, String workspaceId, Supplier<FlowSent> document) {
        // 404 for a workspace that the caller can not see comes before 403, and both before the document is validated
        // (api-v2 1.3).
        var workspace = new Scope.Workspace(workspaceId);
        if (access.find(caller, workspace).isEmpty()) {
            throw unknownWorkspace(workspaceId);
        }
        var grants = access.require(caller, Permission.WORKSPACES_FLOW_EDIT, workspace);
        var sent = document.get();
        requireRealtime(caller, workspace, sent, FlowType.ORDINARY);
        var place = new FlowPlace(grants.tenantId(), contractOf(grants.contractId()), workspaceId);
        var content = publishing.content(caller, place, sent, () -> defaults.statsEnabled(caller, workspaceId));
        var flow = Flow.made(ids.next(), place, caller.id(), content, now());
        quota.store(flow, () -> flows.insert(flow, List.of(messages.published(flow, caller.id()))));
        // Asked after it is stored: either this finds the deletion of the workspace, or that finds the flow.
        if (deletions.hasBegun(workspaceId)) {
            deletion.delete(flow, _ -> {}, caller.id());
            throw unknownWorkspace(workspaceId);
        }
        return flow;
    }

    private static ProblemException unknownWorkspace(String id) {
        return Problem.of(ProblemCode.NOT_FOUND, "There is no workspace " + id + ".")
                .atReference("workspace")
                .exception();
    }

    private static String contractOf(@Nullable String contractId) {
        if (contractId == null) {
            throw new IllegalStateException("A workspace without contract.");
        }
        return contractId;
    }

    private void requireRealtime(Caller caller, Scope workspace, FlowSent sent, FlowType before) {
        if (sent.type().filter(type -> type != before).isPresent()) {
            access.require(caller, Permission.WORKSPACES_FLOW_TOGGLE_REALTIME, workspace);
        }
    }

    Flow get(Caller caller, String id) {
        return changes.getToRead(caller, id);
    }

    FlowListing.Page list(Caller caller, FlowListing listing) {
        access.requireMember(caller, new Scope.Workspace(listing.workspaceId()));
        return flows.list(listing);
    }

    /** Every change that carries something makes a new version; one that carries nothing changes nothing. */
    Flow patch(Caller caller, String id, @Nullable String ifMatch, Supplier<FlowSent> document) {
        var found = changes.getToWrite(caller, id, Permission.WORKSPACES_FLOW_EDIT);
        var sent = document.get();
        requireRealtime(caller, found.place().workspace(), sent, found.content().type());
        // Once, before the loop: when another change was faster, this one is decided again without asking other
        // services again.
        var checked = publishing.check(caller, found.place(), sent);
        return changes.change(found, flow -> {
            var change = checked.isEmpty() ? new Change(flow, List.of()) : publishing.change(caller, flow, checked);
            // After validation: a document with faults is answered 400, also if it comes too late.
            EntityTag.of(flow).requireMatch(ifMatch);
            return change;
        });
    }

    void delete(Caller caller, String id, @Nullable String ifMatch) {
        var flow = changes.getToWrite(caller, id, Permission.WORKSPACES_FLOW_EDIT);
        deletion.delete(flow, current -> EntityTag.of(current).requireMatch(ifMatch), caller.id());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    @OpenToAll("asked by services only")
    Optional<Flow> find(String id) {
        return flows.find(id);
    }

    @OpenToAll("asked by services only")
    Optional<String> command(String id, long wish) {
        return flows.command(id, wish);
    }

    @OpenToAll("asked by services only")
    List<String> usingCredential(String credentialId) {
        return flows.usingCredential(credentialId);
    }

    @OpenToAll("asked by workspace-service, which has checked what the caller may do with the contract")
    List<String> usingComponents(List<String> components, String otherThanContract) {
        return flows.usingComponents(components, otherThanContract);
    }

    @OpenToAll("asked by services only")
    List<String> componentsOf(String workspaceId) {
        return flows.componentsOf(workspaceId).stream().sorted().toList();
    }

    @OpenToAll("asked by workspace-service, which has checked what the caller may do with the workspace")
    List<Long> counts(List<FlowLimit> limits) {
        return limits.stream().map(limit -> flows.count(limit, List.of())).toList();
    }

    /** Whether a flow of that id exists in the caller's tenant. */
    @OpenToAll("says no more than that an id is taken")
    boolean exists(Caller caller, String id) {
        return flows.find(id)
                .filter(flow -> caller.sees(flow.place().tenantId()))
                .isPresent();
    }

    static ProblemException unknown(String id) {
        return new ProblemException(Problem.of(ProblemCode.NOT_FOUND, "There is no flow " + id + "."));
    }
}
