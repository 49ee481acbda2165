package dev.weft.workspace.policy;

import dev.weft.workspace.permission.RoleName;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which roles of a tenant are being given, and which are about to be removed: both in the document of the policy's copy, so
 * that one of the two always sees the other. A mark has an end of its own, for whoever dies before taking it away.
 */
interface RoleMarks {

    /** Some roles, and until when they are being given or retired. */
    record Mark(String token, Set<RoleName> roles, Instant until) {

        boolean holds(Instant now) {
            return until.isAfter(now);
        }
    }

    /**
     * What is known of a tenant's roles at one moment.
     *
     * @param closed whether the tenant takes no contracts and members, since it may be about to go
     */
    record State(Set<RoleName> roles, Set<Mark> retirements, Set<Mark> gifts, boolean closed) {}

    /** Empty when there is no copy. */
    Optional<State> find(String tenantId, Instant now);

    /** False when one of the roles is not there or is being retired, the tenant is closed, or there is no copy. */
    boolean beginGift(String tenantId, Mark mark, Instant now);

    void endGift(String tenantId, String token);

    /** False when there is no copy. May be repeated. */
    boolean beginRetirement(String tenantId, Mark mark);

    void endRetirement(String tenantId, String token);

    /** Takes away those that had ended by then. */
    void endRetirements(String tenantId, Instant endedBy);

    /** A mark of no roles, while which holds the tenant is closed. False when there is no copy. */
    boolean close(String tenantId, Mark mark);

    /** Takes that mark away; others keep the tenant closed. */
    void open(String tenantId, String token);

    /** The roles among these that marks are about. */
    static Set<RoleName> among(Collection<Mark> marks, Set<RoleName> roles) {
        return marks.stream()
                .flatMap(mark -> mark.roles().stream())
                .filter(roles::contains)
                .collect(Collectors.toSet());
    }
}
