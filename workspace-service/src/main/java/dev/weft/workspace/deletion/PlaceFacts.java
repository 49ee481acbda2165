package dev.weft.workspace.deletion;

import dev.weft.common.deletion.DeletionScope;
import dev.weft.common.event.Fact;
import dev.weft.common.event.Outgoing;
import dev.weft.common.outbox.Outbox;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * What is told of a deletion under way, {@code contract.deleting} and {@code workspace.deleting} once more, and of its end:
 * {@code workspace.deleted}, and {@code contract.deleted} with payload {@code {"member_ids":[..]}}.
 */
@Service
final class PlaceFacts {

    private final Outbox outbox;

    PlaceFacts(Outbox outbox) {
        this.outbox = outbox;
    }

    /** Under the version of the first telling: who has heard that one only answers again. */
    Outgoing deleting(DeletingPlace place, @Nullable String actorId) {
        var fact = isContract(place) ? Fact.CONTRACT_DELETING : Fact.WORKSPACE_DELETING;
        return outbox.event(fact, place.version(), placeOf(place), place.id(), actorId, Map.of());
    }

    Outgoing deleted(DeletingPlace place) {
        return isContract(place)
                ? outbox.event(
                        Fact.CONTRACT_DELETED,
                        place.version() + 1,
                        placeOf(place),
                        place.id(),
                        null,
                        Map.of("member_ids", place.members()))
                : outbox.event(Fact.WORKSPACE_DELETED, place.version() + 1, placeOf(place), place.id(), null, Map.of());
    }

    private static boolean isContract(DeletingPlace place) {
        return place.scope() == DeletionScope.CONTRACT;
    }

    private static Outbox.Place placeOf(DeletingPlace place) {
        return new Outbox.Place(place.tenantId(), place.contractId(), isContract(place) ? null : place.id());
    }
}
