package dev.weft.workspace.contract;

import dev.weft.common.event.Outgoing;
import dev.weft.workspace.membership.StoredMember;
import dev.weft.workspace.permission.RoleName;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

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
                Contract.Status.of(status),
                availableRoles,
                new Contract.Settings(flowStats, supportUser, customData),
                StoredMember.read(members),
                suspension == null ? 0 : suspension,
                revision);
    }
}
