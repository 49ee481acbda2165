package dev.weft.workspace.support;

import static dev.weft.common.access.Permission.WORKSPACES_WORKSPACE_EDIT_MEMBERSHIP_SUPPORT;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.Scope;
import dev.weft.workspace.contract.ContractService;
import dev.weft.workspace.contractrecord.Contract;
import dev.weft.workspace.memberprofile.MemberProfiles;
import dev.weft.workspace.membership.MemberView;
import dev.weft.workspace.membership.MembershipFacts;
import dev.weft.workspace.membership.MembershipSubject;
import dev.weft.workspace.tenant.TenantDefaultsSource;
import dev.weft.workspace.workspace.ContractDepartures;
import dev.weft.workspace.workspace.WorkspaceProblem;
import dev.weft.workspace.workspacerecord.ChangedWorkspace;
import dev.weft.workspace.workspacerecord.Workspace;
import dev.weft.workspace.workspacerecord.WorkspaceRepository;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Service;

/** The use cases of support access (api-v2 6.6). It gives and takes the role owner whoever the caller is (3.4). */
@Service
class SupportAccessService {

    private static final List<String> OWNER = List.of("owner");
    private static final int ATTEMPTS = 5;

    private final WorkspaceRepository workspaces;
    private final ContractService contracts;
    private final SupportPlaces places;
    private final ContractDepartures departures;
    private final SupportUser supporter;
    private final MembershipFacts facts;
    private final AccessClient access;
    private final Clock clock;

    SupportAccessService(
            WorkspaceRepository workspaces,
            ContractService contracts,
            SupportPlaces places,
            ContractDepartures departures,
            MemberProfiles profiles,
            TenantDefaultsSource tenants,
            MembershipFacts facts,
            AccessClient access,
            Clock clock) {
        this.workspaces = workspaces;
        this.contracts = contracts;
        this.places = places;
        this.departures = departures;
        this.supporter = new SupportUser(tenants, profiles);
        this.facts = facts;
        this.access = access;
        this.clock = clock;
    }

    /** May be repeated: who is an owner already stays one. */
    MemberView grant(Caller caller, String id) {
        access.require(caller, WORKSPACES_WORKSPACE_EDIT_MEMBERSHIP_SUPPORT, new Scope.Workspace(id));
        var contract = contractOf(get(id));
        var profile = supporter
                .of(caller, contract)
                .orElseThrow(() -> SupportProblem.nobodySupports().exception());
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            places.join(caller, contract.id(), profile.id());
            var saved = workspaces.change(id, current -> entered(current, caller, profile.id()));
            // Asked last: a revocation in another workspace may have ended the membership of the contract meanwhile.
            if (places.confirm(contract.id(), profile.id())) {
                return new MemberView(saved.members().get(profile.id()), profile);
            }
            departures.apply(contract.id(), profile.id(), caller.id());
        }
        throw SupportProblem.comesAndGoes().exception();
    }

    private ChangedWorkspace entered(Workspace current, Caller caller, String userId) {
        var members = current.members();
        if (members.isOwner(userId)) {
            return new ChangedWorkspace(current, List.of());
        }
        var change =
                members.has(userId) ? members.changeRoles(userId, OWNER) : members.add(userId, OWNER, clock.instant());
        return new ChangedWorkspace(
                current.with(change.orThrow()), facts.changed(subject(current), caller.id(), userId, OWNER));
    }

    /** Possible in a suspended contract too: taking access away must be (api-v2 5.3). */
    void revoke(Caller caller, String id) {
        access.requireToRead(caller, WORKSPACES_WORKSPACE_EDIT_MEMBERSHIP_SUPPORT, new Scope.Workspace(id));
        var workspace = get(id);
        var contract = contractOf(workspace);
        var userId = supporter
                .named(caller, contract)
                .filter(named -> workspace.members().has(named))
                .orElseThrow(() -> SupportProblem.noMember().exception());
        places.requireContractKeepsOwner(contract, id, userId);
        workspaces.change(id, current -> {
            var left = current.members().remove(userId).orThrow();
            var heir = current.members().heirOf(userId, caller.id());
            return new ChangedWorkspace(
                    current.with(left), facts.supportEnded(subject(current), caller.id(), userId, heir));
        });
        // Heard of by SupportListener too, which makes good a crash here.
        places.leave(contract.id(), userId, caller.id(), clock.instant());
    }

    private Workspace get(String id) {
        return workspaces
                .find(id)
                .orElseThrow(() -> WorkspaceProblem.unknown(id).exception());
    }

    private Contract contractOf(Workspace workspace) {
        return contracts
                .find(workspace.contractId())
                .orElseThrow(() -> WorkspaceProblem.unknown(workspace.id()).exception());
    }

    private static MembershipSubject subject(Workspace workspace) {
        return MembershipSubject.workspace(
                workspace.id(), workspace.tenantId(), workspace.contractId(), workspace.revision() + 1);
    }
}
