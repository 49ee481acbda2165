package dev.weft.workspace.mail;

import dev.weft.workspace.contractrecord.Contract;
import dev.weft.workspace.contractrecord.ContractRepository;
import dev.weft.workspace.membership.Member;
import dev.weft.workspace.membership.Members;
import dev.weft.workspace.workspacerecord.WorkspaceRepository;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;

/**
 * Who is told of what has happened. Every method may be called again for the same: the mails' ids are made of what they
 * are about and of its number.
 */
@Service
public final class Notices {

    private static final String CONTRACT = "contract";
    private static final String WORKSPACE = "workspace";

    private final MailWants wants;
    private final ContractRepository contracts;
    private final WorkspaceRepository workspaces;
    private final Clock clock;

    Notices(MailWants wants, ContractRepository contracts, WorkspaceRepository workspaces, Clock clock) {
        this.wants = wants;
        this.contracts = contracts;
        this.workspaces = workspaces;
        this.clock = clock;
    }

    void contractSuspended(String contractId, long version) {
        contracts.find(contractId).ifPresent(contract -> toOwners(MailKind.CONTRACT_SUSPENDED, contract, version));
    }

    void contractUnsuspended(String contractId, long version) {
        contracts.find(contractId).ifPresent(contract -> toOwners(MailKind.CONTRACT_UNSUSPENDED, contract, version));
    }

    private void toOwners(MailKind kind, Contract contract, long version) {
        want(
                kind,
                contract.id() + "-" + version,
                owners(contract.members()),
                Map.of(CONTRACT, contract.name(), "contractid", contract.id()));
    }

    void workspaceMemberAdded(String workspaceId, String userId, long version) {
        workspaces
                .find(workspaceId)
                .ifPresent(workspace -> want(
                        MailKind.WORKSPACE_MEMBER,
                        workspaceId + "-" + version,
                        List.of(userId),
                        Map.of(WORKSPACE, workspace.name(), "workspaceid", workspaceId)));
    }

    /**
     * A flow of a limited workspace has run for as long as it may (api-v2 6.2); its owners are told.
     *
     * @param number of the stop among those of the flow: what is told twice is one mail
     */
    void limitedFlowStopped(String workspaceId, String flowId, String flowName, long number) {
        workspaces
                .find(workspaceId)
                .ifPresent(workspace -> want(
                        MailKind.WIPER_STOP_LIMITED_FLOW,
                        flowId + "-" + number,
                        owners(workspace.members()),
                        Map.of(WORKSPACE, workspace.name(), "flow", flowName, "flowid", flowId)));
    }

    private void want(MailKind kind, String about, List<String> users, Map<String, String> values) {
        for (var user : users) {
            wants.add(MailWant.of(kind.wire() + "-" + about + "-" + user, kind, user, values, clock.instant()));
        }
    }

    private static List<String> owners(Members members) {
        return members.all().stream()
                .filter(Member::isOwner)
                .map(Member::userId)
                .toList();
    }
}
