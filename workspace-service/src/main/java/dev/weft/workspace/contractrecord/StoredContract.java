package dev.weft.workspace.contractrecord;

import dev.weft.common.event.Outgoing;
import dev.weft.workspace.membership.StoredMember;
import dev.weft.workspace.permission.RoleName;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Update;

/** A contract as it is stored, its members inside. */
@Document("contracts")
record StoredContract(
        @Id String id,
        String tenant,
        String name,
        String status,
        List<RoleName> availableRoles,
        @Nullable Boolean flowStats,
        @Nullable String supportUser,
        @Nullable String customData,
        List<StoredMember> members,
        @Nullable Long suspension,
        long revision,
        List<Outgoing> outbox) {

    static StoredContract of(Contract contract) {
        return new StoredContract(
                contract.id(),
                contract.tenantId(),
                contract.name(),
                contract.status().wire(),
                contract.availableRoles(),
                contract.settings().flowStatsEnabledDefault(),
                contract.settings().supportUserId(),
                contract.settings().customData(),
                StoredMember.of(contract.members()),
                contract.suspension(),
                contract.revision(),
                List.of());
    }

    Contract read() {
        return new Contract(
                id,
                tenant,
                name,
                ContractStatus.of(status),
                availableRoles,
                new ContractSettings(flowStats, supportUser, customData),
                StoredMember.read(members),
                suspension == null ? 0 : suspension,
                revision);
    }

    /** What a change of a contract writes. */
    Update change() {
        return new Update()
                .set("name", name)
                .set("status", status)
                .set("availableRoles", availableRoles)
                .set("flowStats", flowStats)
                .set("supportUser", supportUser)
                .set("customData", customData)
                .set("members", members)
                .set("suspension", suspension)
                .inc("revision", 1);
    }

    /** Which are part of a list. */
    static Criteria shown(ContractFilter filter) {
        var criteria = new Criteria();
        if (filter.tenantId() != null) {
            criteria = criteria.and("tenant").is(filter.tenantId());
        }
        if (filter.memberId() != null) {
            criteria = criteria.and("members.user").is(filter.memberId());
        }
        return criteria;
    }
}
