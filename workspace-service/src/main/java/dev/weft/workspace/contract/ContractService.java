package dev.weft.workspace.contract;

import static dev.weft.common.access.Permission.CONTRACTS_CONTRACT_GET;
import static dev.weft.common.access.Permission.CONTRACTS_CONTRACT_GET_CUSTOM_DATA;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.OpenToAll;
import dev.weft.common.access.Scope;
import dev.weft.workspace.contractrecord.Contract;
import dev.weft.workspace.contractrecord.ContractFilter;
import dev.weft.workspace.contractrecord.ContractRepository;
import dev.weft.workspace.contractrecord.FoundContracts;
import dev.weft.workspace.inviterecord.Invite;
import dev.weft.workspace.inviterecord.InviteRepository;
import dev.weft.workspace.memberprofile.MemberProfiles;
import dev.weft.workspace.membership.MemberView;
import dev.weft.workspace.permission.ContractStanding;
import dev.weft.workspace.permission.Role;
import dev.weft.workspace.permission.RoleBook;
import dev.weft.workspace.tenant.KnownTenants;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** How contracts are read (api-v2 5.2). */
@Service
public class ContractService {

    private final ContractRepository contracts;
    private final InviteRepository invites;
    private final MemberProfiles profiles;
    private final ContractTenants scopes;
    private final RoleBook book;
    private final AccessClient access;

    ContractService(
            ContractRepository contracts,
            InviteRepository invites,
            MemberProfiles profiles,
            KnownTenants tenants,
            RoleBook book,
            AccessClient access) {
        this.contracts = contracts;
        this.invites = invites;
        this.profiles = profiles;
        this.scopes = new ContractTenants(contracts, tenants);
        this.book = book;
        this.access = access;
    }

    /** The tenant that a service account narrows a list to; null for all of them. */
    @OpenToAll("asked for who belongs to no tenant, and so may list every one")
    public @Nullable String tenantOfList(Caller caller, @Nullable String asked) {
        return scopes.ofList(caller, asked);
    }

    ContractView get(Caller caller, String id) {
        access.requireMemberOr(caller, new Scope.Contract(id), CONTRACTS_CONTRACT_GET);
        return view(caller, get(id));
    }

    /** The members of the contract, for whoever may see it. */
    public List<MemberView> members(Caller caller, String id) {
        access.requireMemberOr(caller, new Scope.Contract(id), CONTRACTS_CONTRACT_GET);
        return MemberView.of(caller, get(id).members(), profiles);
    }

    @OpenToAll("of a contract that the caller was shown")
    List<MemberView> membersOf(Caller caller, ContractView view) {
        return MemberView.of(caller, view.contract().members(), profiles);
    }

    /** The pending invites as part of the contract, for whoever may see that. */
    List<Invite> invites(Caller caller, String id) {
        access.requireMemberOr(caller, new Scope.Contract(id), CONTRACTS_CONTRACT_GET);
        return invites.ofContract(id);
    }

    @OpenToAll("a list refuses nothing: what the caller may see is part of the query")
    FoundContracts list(Caller caller, ContractListing listing) {
        var filter = caller.isTenantAdmin()
                ? new ContractFilter(caller.tenantId(), null)
                : caller.tenantId() == null
                        ? new ContractFilter(tenantOfList(caller, listing.tenantId()), null)
                        : new ContractFilter(caller.tenantId(), caller.id());
        return contracts.list(filter, listing.skip(), listing.size());
    }

    /** The roles that can be given in the contract. */
    List<Role> roles(Caller caller, String id) {
        access.requireMemberOr(caller, new Scope.Contract(id), CONTRACTS_CONTRACT_GET);
        var contract = get(id);
        return book.available(contract.tenantId(), contract.availableRoles());
    }

    @OpenToAll("read by other features, which have asked for their own permission")
    public Optional<Contract> find(String id) {
        return contracts.find(id);
    }

    /** Whether a contract of that id exists in the caller's tenant. */
    @OpenToAll("says no more than that an id is taken")
    boolean exists(Caller caller, String id) {
        return contracts
                .find(id)
                .filter(contract -> caller.sees(contract.tenantId()))
                .isPresent();
    }

    @OpenToAll("asked by services about two users")
    boolean isShared(String userId, String otherId) {
        return contracts.isShared(userId, otherId);
    }

    /** Nobody is a member of a contract of another tenant than the caller's, or of one that is being deleted. */
    @OpenToAll("asked by services, which have checked what the caller may do in the contract")
    boolean isMember(Caller caller, String id, String userId) {
        return contracts
                .inContract(id, userId)
                .filter(standing -> caller.sees(standing.tenantId()))
                .filter(ContractStanding::member)
                .isPresent();
    }

    /** Not found for a contract of another tenant than the caller's, or of one that is being deleted. */
    @OpenToAll("asked by services, which decide by the answer what the caller may read")
    boolean isOwner(Caller caller, String id, String userId) {
        return contracts
                .inContract(id, userId)
                .filter(standing -> caller.sees(standing.tenantId()))
                .map(standing -> standing.roles().contains("owner"))
                .orElseThrow(() -> ContractProblem.unknown(id).exception());
    }

    @OpenToAll("asked by services, which decide by the answer what the caller may read")
    boolean isOwnerOfAny(Caller caller, String userId) {
        return contracts.isOwnerOfAny(caller.tenantId(), userId);
    }

    private Contract get(String id) {
        return contracts.find(id).orElseThrow(() -> ContractProblem.unknown(id).exception());
    }

    /**
     * Custom data is shown only to who may read it; the permission is one of the tenant, the same for all contracts.
     */
    @OpenToAll("adds to what a use case has decided to show")
    ContractView view(Caller caller, Contract contract) {
        var withCustomData = access.find(caller, new Scope.Tenant(contract.tenantId()))
                .filter(grants -> grants.has(CONTRACTS_CONTRACT_GET_CUSTOM_DATA))
                .isPresent();
        return new ContractView(contract, withCustomData);
    }
}
