package dev.weft.workspace.contract;

import static dev.weft.common.access.Permission.CONTRACTS_CONTRACT_EDIT;
import static dev.weft.common.access.Permission.CONTRACTS_CONTRACT_GET;
import static dev.weft.common.access.Permission.CONTRACTS_CONTRACT_GET_CUSTOM_DATA;
import static dev.weft.common.access.Permission.TENANTS_CONTRACT_CREATE;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.OpenToAll;
import dev.weft.common.access.Scope;
import dev.weft.common.id.Ids;
import dev.weft.common.problem.Problem;
import dev.weft.workspace.membership.MemberProfiles;
import dev.weft.workspace.membership.MemberView;
import dev.weft.workspace.permission.ContractStandings.ContractStanding;
import dev.weft.workspace.permission.Role;
import dev.weft.workspace.permission.RoleBook;
import dev.weft.workspace.permission.RoleName;
import dev.weft.workspace.tenant.KnownTenants;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The use cases of contracts (api-v2 5.2). */
@Service
public class ContractService {

    /** What a contract must know of its workspaces before it changes; the owner of workspaces answers it. */
    public interface ContractWorkspaces {

        /** Whether a member of a workspace of the contract has this role there. */
        boolean useRole(String contractId, String role);

        /** Workspaces of the contract that would be left without an owner if the user went. */
        List<String> ownedOnlyBy(String contractId, String userId);
    }

    private final ContractRepository contracts;
    private final ContractWorkspaces workspaces;
    private final MemberProfiles profiles;
    private final KnownTenants tenants;
    private final RoleBook book;
    private final AccessClient access;
    private final Ids ids;

    ContractService(
            ContractRepository contracts,
            ContractWorkspaces workspaces,
            MemberProfiles profiles,
            KnownTenants tenants,
            RoleBook book,
            AccessClient access,
            Ids ids) {
        this.contracts = contracts;
        this.workspaces = workspaces;
        this.profiles = profiles;
        this.tenants = tenants;
        this.book = book;
        this.access = access;
        this.ids = ids;
    }

    Contract.View create(Caller caller, ContractRequest request) {
        var tenantId = tenantOf(caller, request);
        access.require(caller, TENANTS_CONTRACT_CREATE, new Scope.Tenant(tenantId));
        var wish = request.creation(
                id -> contracts
                        .find(id)
                        .filter(existing -> caller.sees(existing.tenantId()))
                        .isPresent(),
                policy(tenantId));
        requireSupportUser(caller, tenantId, wish);
        var contract = Contract.open(ids.next(), tenantId, "").with(wish);
        contracts.insert(contract);
        // Asked after the contract is stored: a user who left all contracts is deleted unless one of them says
        // otherwise, and a question before would leave a moment in which neither side knows of the other.
        if (isSupportUserGone(caller, wish)) {
            contracts.remove(contract.id());
            throw ContractProblem.unknownSupportUser().exception();
        }
        return view(caller, contract);
    }

    /** A service account belongs to no tenant and names one; others may name their own. */
    private String tenantOf(Caller caller, ContractRequest request) {
        var own = caller.tenantId();
        if (own != null) {
            request.tenant().filter(named -> !named.equals(own)).ifPresent(other -> {
                throw ContractProblem.unknownTenant(other).exception();
            });
            return own;
        }
        var named = request.requiredTenant();
        if (!isTenant(caller, named)) {
            throw ContractProblem.unknownTenant(named).exception();
        }
        return named;
    }

    /** Every tenant has its default contract, made when the tenant was told of: who is newer is asked for. */
    private boolean isTenant(Caller caller, String id) {
        // The own store first: nearly every tenant is known by its default contract, and identity-service may be away.
        return contracts.list(new ContractRepository.Filter(id, null), 0, 1).total() > 0 || tenants.exists(caller, id);
    }

    /** The tenant that a service account narrows a list to; null for all of them. */
    @OpenToAll("asked for who belongs to no tenant, and so may list every one")
    public @Nullable String tenantOfList(Caller caller, @Nullable String asked) {
        if (asked != null && !Ids.isEntity(asked)) {
            throw Problem.parameter("tenant_id", asked + " is not an identifier.")
                    .exception();
        }
        if (asked != null && !isTenant(caller, asked)) {
            throw Problem.notFound("tenant", asked).exception();
        }
        return asked;
    }

    Contract.View change(Caller caller, String id, ContractRequest request) {
        var scope = new Scope.Contract(id);
        var needed = request.permissions();
        // All permissions before the status of the contract: who lacks one learns nothing else.
        needed.forEach(permission -> access.requireToRead(caller, permission, scope));
        // What the tenant's admin decides about a contract stays possible while it is suspended (api-v2 5.3).
        if (needed.contains(CONTRACTS_CONTRACT_EDIT)) {
            access.require(caller, CONTRACTS_CONTRACT_EDIT, scope);
        }
        var tenantId = get(id).tenantId();
        var wish = request.change(id, policy(tenantId));
        requireSupportUser(caller, tenantId, wish);
        var saved = contracts.change(id, contract -> {
            var changed = contract.with(wish);
            // Within the decision, which is taken again when somebody was faster: a role may have been given meanwhile.
            requireDroppedRolesUnused(changed);
            return new ContractRepository.Changed(changed, List.of());
        });
        if (isSupportUserGone(caller, wish)) {
            contracts.change(
                    id,
                    contract -> new ContractRepository.Changed(
                            contract.withoutSupportUser(Objects.requireNonNull(wish.supportUserId())), List.of()));
            throw ContractProblem.unknownSupportUser().exception();
        }
        return view(caller, saved);
    }

    /**
     * Who is named as support user after having left another contract is not deleted for that, unless it is too late.
     */
    private boolean isSupportUserGone(Caller caller, Contract.Change wish) {
        var userId = wish.supportUserId();
        return userId != null && profiles.joined(caller, userId).isEmpty();
    }

    Contract.View get(Caller caller, String id) {
        access.requireMemberOr(caller, new Scope.Contract(id), CONTRACTS_CONTRACT_GET);
        return view(caller, get(id));
    }

    /** The members of the contract, for whoever may see it. */
    public List<MemberView> members(Caller caller, String id) {
        access.requireMemberOr(caller, new Scope.Contract(id), CONTRACTS_CONTRACT_GET);
        return MemberView.of(caller, get(id).members(), profiles);
    }

    @OpenToAll("a list refuses nothing: what the caller may see is part of the query")
    ContractRepository.Found list(Caller caller, ContractListing listing) {
        var filter = caller.isTenantAdmin()
                ? new ContractRepository.Filter(caller.tenantId(), null)
                : caller.tenantId() == null
                        ? new ContractRepository.Filter(tenantOfList(caller, listing.tenantId()), null)
                        : new ContractRepository.Filter(caller.tenantId(), caller.id());
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

    private Contract get(String id) {
        return contracts.find(id).orElseThrow(() -> ContractProblem.unknown(id).exception());
    }

    /**
     * Custom data is shown only to who may read it; the permission is one of the tenant, the same for all contracts.
     */
    @OpenToAll("adds to what a use case has decided to show")
    Contract.View view(Caller caller, Contract contract) {
        var withCustomData = access.find(caller, new Scope.Tenant(contract.tenantId()))
                .filter(grants -> grants.has(CONTRACTS_CONTRACT_GET_CUSTOM_DATA))
                .isPresent();
        return new Contract.View(contract, withCustomData);
    }

    private Set<RoleName> policy(String tenantId) {
        return book.roles(tenantId).stream().map(Role::name).collect(Collectors.toSet());
    }

    private void requireSupportUser(Caller caller, String tenantId, Contract.Change wish) {
        var userId = wish.supportUserId();
        if (userId != null && profiles.find(caller, tenantId, userId).isEmpty()) {
            throw ContractProblem.unknownSupportUser().exception();
        }
    }

    private void requireDroppedRolesUnused(Contract changed) {
        for (var role : policy(changed.tenantId())) {
            if (!changed.allows(role) && isUsed(changed, role)) {
                throw ContractProblem.roleInUse(role).exception();
            }
        }
    }

    private boolean isUsed(Contract contract, RoleName role) {
        return switch (role.scope()) {
            case RoleName.CONTRACTS -> contract.members().isUsed(role.role());
            case RoleName.WORKSPACES -> workspaces.useRole(contract.id(), role.role());
            default -> false;
        };
    }
}
