package dev.weft.workspace.room;

import dev.weft.common.problem.ProblemException;
import dev.weft.workspace.contractrecord.Contract;
import dev.weft.workspace.quota.QuotaBook;
import dev.weft.workspace.quota.QuotaProblem;
import dev.weft.workspace.quota.QuotaType;
import dev.weft.workspace.room.PlaceReservations.PlaceReservation;
import dev.weft.workspace.workspacerecord.WorkspaceCounts;
import dev.weft.workspace.workspacerecord.WorkspaceType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * What a contract has room for (api-v2 12). Workspaces are counted in their own records; no other counter is kept that
 * could differ from them. One that is being made is reserved in addition for as long as its write takes.
 */
@Service
public class ContractRoom {

    private static final Logger log = LoggerFactory.getLogger(ContractRoom.class);

    /** Of a creation: the store is given 30 s for a write. One that is noted for longer has lost its process. */
    private static final Duration LONGEST_WRITE = Duration.ofMinutes(2);

    private final QuotaBook book;
    private final WorkspaceCounts counts;
    private final PlaceReservations reservations;
    private final Clock clock;

    ContractRoom(QuotaBook book, WorkspaceCounts counts, PlaceReservations reservations, Clock clock) {
        this.book = book;
        this.counts = counts;
        this.reservations = reservations;
        this.clock = clock;
    }

    /**
     * Stores a workspace of that type, or refuses ({@code quota-exceeded}) when the contract has no room for it. Of
     * creations at the same time those that were noted first have room first.
     *
     * @return what storing it has returned
     */
    public <T> T storeWorkspace(
            String tenantId, String contractId, WorkspaceType type, String workspaceId, Supplier<T> write) {
        var quota = quotaOf(type);
        var limit = book.limit(quota, tenantId, contractId);
        if (limit.isEmpty()) {
            return write.get();
        }
        var key = key(type, contractId);
        var now = clock.instant();
        var noted = reservations.add(key, new PlaceReservation(workspaceId, now.plus(LONGEST_WRITE)));
        // Counted after our own reservation was added, and without those that are noted: one that has been stored
        // meanwhile counts once.
        var waiting = waiting(noted, now);
        if (counts.count(contractId, type, waiting) + waiting.size() > limit.getAsLong()) {
            removeIfPossible(key, doneWith(workspaceId, noted, now));
            throw QuotaProblem.exceeded(quota, limit.getAsLong()).exception();
        }
        // After a failed write the reservation stays, since the store may have written nevertheless. It expires.
        var stored = stored(write, key, doneWith(workspaceId, noted, now));
        removeIfPossible(key, doneWith(workspaceId, noted, now));
        return stored;
    }

    private <T> T stored(Supplier<T> write, String key, List<String> done) {
        try {
            return write.get();
        } catch (ProblemException e) {
            // Refused, and so not written.
            removeIfPossible(key, done);
            throw e;
        }
    }

    private static List<String> waiting(List<PlaceReservation> noted, Instant now) {
        return noted.stream()
                .filter(one -> one.until().isAfter(now))
                .map(PlaceReservation::id)
                .distinct()
                .toList();
    }

    private static List<String> doneWith(String own, List<PlaceReservation> noted, Instant now) {
        return noted.stream()
                .filter(one -> one.id().equals(own) || !one.until().isAfter(now))
                .map(PlaceReservation::id)
                .toList();
    }

    /** What is stored is stored: its caller must not take it for failed and repeat it. */
    private void removeIfPossible(String key, List<String> done) {
        try {
            reservations.remove(key, done);
        } catch (RuntimeException e) {
            log.warn("Reserved places of {} can not be given back now; they expire by themselves", key, e);
        }
    }

    /**
     * Refuses a contract with more members than it has room for. Whoever stores them asks within the decision, whose
     * condition is the revision it was decided on: so of two at once one is decided again.
     */
    public void requireRoom(Contract contract, int members) {
        var quota = QuotaType.PER_CONTRACT_USER_COUNT_LIMIT;
        var limit = book.limit(quota, contract.tenantId(), contract.id());
        if (limit.isPresent() && members > limit.getAsLong()) {
            throw QuotaProblem.exceeded(quota, limit.getAsLong()).exception();
        }
    }

    /** Of its reservations. */
    static String key(WorkspaceType type, String contractId) {
        return quotaOf(type).wire() + "/" + contractId;
    }

    private static QuotaType quotaOf(WorkspaceType type) {
        return switch (type) {
            case FULL -> QuotaType.PER_CONTRACT_WORKSPACE_COUNT_FULL;
            case LIMITED -> QuotaType.PER_CONTRACT_WORKSPACE_COUNT_LIMITED;
        };
    }
}
