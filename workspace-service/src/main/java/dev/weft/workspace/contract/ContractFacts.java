package dev.weft.workspace.contract;

import dev.weft.common.messaging.Outbox;
import dev.weft.common.messaging.Outgoing;
import dev.weft.workspace.permission.AccessAnnouncements;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What is told about the life of contracts: {@code contract.suspending} and {@code contract.unsuspended}. */
@Service
final class ContractFacts {

    private final Outbox outbox;
    private final AccessAnnouncements announcements;

    ContractFacts(Outbox outbox, AccessAnnouncements announcements) {
        this.outbox = outbox;
        this.announcements = announcements;
    }

    List<Outgoing> suspending(Contract contract, String actorId) {
        return changed("contract.suspending", contract, actorId);
    }

    List<Outgoing> unsuspended(Contract contract, String actorId) {
        return changed("contract.unsuspended", contract, actorId);
    }

    /** Remembered grants say which status the contract had. */
    List<Outgoing> suspended(Contract contract) {
        return List.of(announcements.changed(contract.tenantId()));
    }

    private List<Outgoing> changed(String type, Contract contract, @Nullable String actorId) {
        var place = new Outbox.Place(contract.tenantId(), contract.id(), null);
        return List.of(
                announcements.changed(contract.tenantId()),
                outbox.event(type, contract.revision() + 1, place, contract.id(), actorId, Map.of()));
    }
}
