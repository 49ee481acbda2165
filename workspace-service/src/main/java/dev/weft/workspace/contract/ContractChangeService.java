package dev.weft.workspace.contract;

import static dev.weft.common.access.Permission.CONTRACTS_CONTRACT_EDIT;
import static dev.weft.common.access.Permission.CONTRACTS_CONTRACT_EDIT_AVAILABLE_ROLES;
import static dev.weft.common.access.Permission.CONTRACTS_CONTRACT_EDIT_CUSTOM_DATA;
import static dev.weft.common.access.Permission.TENANTS_CONTRACT_CREATE;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.Permission;
import dev.weft.common.access.Scope;
import dev.weft.common.id.Ids;
import dev.weft.workspace.contractrecord.ChangedContract;
import dev.weft.workspace.contractrecord.Contract;
import dev.weft.workspace.contractrecord.ContractChange;
import dev.weft.workspace.contractrecord.ContractRepository;
import dev.weft.workspace.contractrecord.ContractWorkspaces;
import dev.weft.workspace.inviterecord.InviteRepository;
import dev.weft.workspace.memberprofile.MemberProfiles;
import dev.weft.workspace.permission.RoleBook;
import dev.weft.workspace.policy.RoleKeeping;
import dev.weft.workspace.tenant.KnownTenants;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** How contracts are made and changed (api-v2 5.2). */
@Service
class ContractChangeService {

    private final ContractRepository contracts;
    private final ContractService reads;
    private final ContractTenants scopes;
    private final SupportUsers supporters;
    private final ContractRoles roles;
    private final InviteRepository invites;
    private final AccessClient access;
    private final Ids ids;

    ContractChangeService(
            ContractRepository contracts,
            ContractService reads,
            ContractWorkspaces workspaces,
            MemberProfiles profiles,
            KnownTenants tenants,
            RoleBook book,
            RoleKeeping keeping,
            InviteRepository invites,
            AccessClient access,
            Ids ids) {
        this.contracts = contracts;
        this.reads = reads;
        this.scopes = new ContractTenants(contracts, tenants);
        this.supporters = new SupportUsers(profiles);
        this.roles = new ContractRoles(book, keeping, workspaces);
        this.invites = invites;
        this.access = access;
        this.ids = ids;
    }

    /** @param document read only once the caller may make contracts in the tenant */
    ContractView create(Caller caller, String tenantId, Supplier<ContractChange> document) {
        scopes.require(caller, tenantId);
        access.require(caller, TENANTS_CONTRACT_CREATE, new Scope.Tenant(tenantId));
        var wish = document.get();
        supporters.check(caller, tenantId, wish);
        wish.requireRolesOf(roles.policy(tenantId));
        var contract = Contract.open(ids.next(), tenantId, "").with(wish);
        roles.naming(tenantId, contract.availableRoles(), () -> contracts.insert(contract));
        // Asked after the contract is stored: a user who left all contracts is deleted unless one of them says
        // otherwise, and a question before would leave a moment in which neither side knows of the other.
        if (supporters.isGone(caller, wish)) {
            contracts.remove(contract.id());
            throw ContractProblem.unknownSupportUser().exception();
        }
        return reads.view(caller, contract);
    }

    /**
     * @param attributes the names of those that the request has, since each has its permission
     * @param document   read only once the caller may change them
     */
    ContractView change(Caller caller, String id, Set<String> attributes, Supplier<ContractChange> document) {
        var scope = new Scope.Contract(id);
        var needed = permissions(attributes);
        // All permissions before the status of the contract: who lacks one learns nothing else.
        needed.forEach(permission -> access.requireToRead(caller, permission, scope));
        // What the tenant's admin decides about a contract stays possible while it is suspended (api-v2 5.3).
        if (needed.contains(CONTRACTS_CONTRACT_EDIT)) {
            access.require(caller, CONTRACTS_CONTRACT_EDIT, scope);
        }
        var tenantId = contracts
                .find(id)
                .orElseThrow(() -> ContractProblem.unknown(id).exception())
                .tenantId();
        var wish = document.get();
        supporters.check(caller, tenantId, wish);
        wish.requireRolesOf(roles.policy(tenantId));
        var before = new AtomicReference<@Nullable Contract>();
        Supplier<Contract> change = () -> contracts.change(id, contract -> {
            before.set(contract);
            var changed = contract.with(wish);
            // Within the decision, which is taken again when somebody was faster: a role may have been given meanwhile.
            roles.requireDroppedUnused(changed);
            return new ChangedContract(changed, List.of());
        });
        var named = wish.availableRoles();
        var saved = named == null ? change.get() : roles.naming(tenantId, named, change);
        if (named != null) {
            // Afterwards: an invite that is made meanwhile is looked at again once it is there.
            invites.removeNaming(id, roles.dropped(saved));
        }
        if (supporters.isGone(caller, wish)) {
            // Of a refused request nothing stays (api-v2 15).
            contracts.change(
                    id,
                    contract -> new ChangedContract(
                            contract.withoutChange(Objects.requireNonNull(before.get()), saved), List.of()));
            throw ContractProblem.unknownSupportUser().exception();
        }
        return reads.view(caller, saved);
    }

    /** A request needs the permissions of all that it touches. */
    private static Set<Permission> permissions(Set<String> attributes) {
        var needed = EnumSet.noneOf(Permission.class);
        if (attributes.contains("available_roles") || attributes.contains("support_user_id")) {
            needed.add(CONTRACTS_CONTRACT_EDIT_AVAILABLE_ROLES);
        }
        if (attributes.contains("custom_data")) {
            needed.add(CONTRACTS_CONTRACT_EDIT_CUSTOM_DATA);
        }
        if (needed.isEmpty() || attributes.contains("name") || attributes.contains("flow_stats_enabled_default")) {
            needed.add(CONTRACTS_CONTRACT_EDIT);
        }
        return needed;
    }
}
