package dev.weft.workspace.deletion;

import dev.weft.common.deletion.DeletionScope;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A contract or workspace that is being deleted: visible nowhere, and kept until every service has let go of it.
 *
 * @param contractId   its own id for a contract
 * @param version      of the fact that began the deletion
 * @param members      ids of its users
 * @param acknowledged the services that hold nothing of it any more
 * @param asked        null until its wait was noted
 */
record DeletingPlace(
        DeletionScope scope,
        String id,
        String tenantId,
        String contractId,
        long version,
        List<String> members,
        Set<String> acknowledged,
        @Nullable Asked asked) {

    /**
     * How often the services were asked again.
     *
     * @param since when the wait was noted
     * @param next  when they are to be asked again
     */
    record Asked(Instant since, int times, Instant next) {}

    /** The services that have not said that they hold nothing of it, in the order of their names. */
    Set<String> owing() {
        var owing = new TreeSet<>(scope.services());
        owing.removeAll(acknowledged);
        return owing;
    }
}
