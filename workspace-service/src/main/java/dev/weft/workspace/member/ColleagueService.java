package dev.weft.workspace.member;

import dev.weft.common.access.Caller;
import dev.weft.common.access.OpenToAll;
import dev.weft.workspace.memberprofile.MemberProfiles;
import dev.weft.workspace.membership.Member;
import dev.weft.workspace.membership.MemberView;
import dev.weft.workspace.workspace.WorkspaceProblem;
import dev.weft.workspace.workspacerecord.SharedMembership;
import dev.weft.workspace.workspacerecord.WorkspaceRepository;
import java.util.List;
import org.springframework.stereotype.Service;

/** Looks up a person one works with, wherever that is: the target of the links that members carry. */
@Service
class ColleagueService {

    private final WorkspaceRepository workspaces;
    private final MemberProfiles profiles;

    ColleagueService(WorkspaceRepository workspaces, MemberProfiles profiles) {
        this.workspaces = workspaces;
        this.profiles = profiles;
    }

    /**
     * The member with the roles held in the workspaces shared with the caller. 403 when there is none, 404 when the user
     * is in no workspace of the caller's tenant. An admin of the tenant and a service account see every member.
     */
    @OpenToAll("what one may see is who one shares a workspace with")
    MemberView get(Caller caller, String userId) {
        var inTenant = workspaces.memberships(userId, caller.id()).stream()
                .filter(membership -> caller.sees(membership.tenantId()))
                .toList();
        if (inTenant.isEmpty()) {
            throw WorkspaceProblem.noMember(userId).exception();
        }
        var seesAll = caller.isTenantAdmin() || caller.tenantId() == null;
        var memberships = inTenant.stream()
                .filter(membership -> seesAll || membership.shared())
                .map(SharedMembership::member)
                .toList();
        if (memberships.isEmpty()) {
            throw WorkspaceProblem.sharesNothing().exception();
        }
        var roles = memberships.stream()
                .flatMap(member -> member.roles().stream())
                .distinct()
                .sorted()
                .toList();
        var first = memberships.getFirst();
        return new MemberView(
                new Member(userId, roles, first.since()),
                profiles.find(caller, List.of(userId)).get(userId));
    }
}
