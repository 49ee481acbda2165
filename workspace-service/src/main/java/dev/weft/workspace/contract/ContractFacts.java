package dev.weft.workspace.contract;

import dev.weft.common.event.Fact;
import dev.weft.common.event.Outgoing;
import dev.weft.common.outbox.Outbox;
import dev.weft.workspace.contractrecord.Contract;
import dev.weft.workspace.permission.AccessAnnouncements;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What is told about the life of contracts: {@code contract.suspending}, {@code contract.unsuspended}, {@code contract.deleting}. */
@Service
public final class ContractFacts {

    private final Outbox outbox;
    private final AccessAnnouncements announcements;

    ContractFacts(Outbox outbox, AccessAnnouncements announcements) {
        this.outbox = outbox;
        this.announcements = announcements;
    }

    public List<Outgoing> suspending(Contract contract, String actorId) {
        return changed(Fact.CONTRACT_SUSPENDING, contract, actorId);
    }

    /** The fact that began the suspension once more, for a flow-service that has not reported its end. */
    public Outgoing suspendingStill(Contract contract) {
        var place = new Outbox.Place(contract.tenantId(), contract.id(), null);
        // The version of the first telling, so that who has handled that one drops this one.
        return outbox.event(Fact.CONTRACT_SUSPENDING, contract.suspension(), place, contract.id(), null, Map.of());
    }

    public List<Outgoing> unsuspended(Contract contract, String actorId) {
        return changed(Fact.CONTRACT_UNSUSPENDED, contract, actorId);
    }

    /** With the announcement that grants in it, which others remember, do not hold any more. */
    public List<Outgoing> deleting(Contract contract, String actorId) {
        return changed(Fact.CONTRACT_DELETING, contract, actorId);
    }

    /** The announcement alone: grants that others remember say that the contract is still being suspended. */
    public List<Outgoing> suspended(Contract contract) {
        return List.of(announcements.changed(contract.tenantId()));
    }

    private List<Outgoing> changed(Fact fact, Contract contract, @Nullable String actorId) {
        var place = new Outbox.Place(contract.tenantId(), contract.id(), null);
        return List.of(
                announcements.changed(contract.tenantId()),
                outbox.event(fact, contract.revision() + 1, place, contract.id(), actorId, Map.of()));
    }
}
