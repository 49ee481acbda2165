package dev.weft.workspace.policy;

import dev.weft.common.id.Ids;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.workspace.permission.RoleName;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Keeps roles from being removed while they are given to somebody, and a tenant from being deleted while a contract or a
 * member comes: whoever stores a role name does so within {@link #keeping}.
 */
@Service
public class RoleKeeping {

    private static final Logger log = LoggerFactory.getLogger(RoleKeeping.class);

    private static final int ATTEMPTS = 5;
    /** Longer than the store and all services together take for a request. */
    private static final Duration LONGEST = Duration.ofMinutes(1);
    /** Longer than identity-service takes to decide. */
    private static final Duration CLOSED = Duration.ofMinutes(2);

    private final RoleMarks marks;
    private final CurrentPolicies policies;
    private final Ids ids;
    private final Clock clock;

    RoleKeeping(RoleMarks marks, CurrentPolicies policies, Ids ids, Clock clock) {
        this.marks = marks;
        this.policies = policies;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Does the work that stores the roles.
     *
     * @param refusal of a role that is gone, or going
     */
    public <T> T keeping(
            String tenantId, Collection<RoleName> roles, Function<RoleName, Problem> refusal, Supplier<T> work) {
        var mark = new RoleMarks.Mark(
                ids.next(), Set.copyOf(roles), clock.instant().plus(LONGEST));
        begin(tenantId, mark, refusal);
        try {
            return work.get();
        } finally {
            end(tenantId, mark);
        }
    }

    /** What is done is done, and what is refused is refused: neither must be taken for a failure since its mark stays. */
    private void end(String tenantId, RoleMarks.Mark mark) {
        try {
            marks.endGift(tenantId, mark.token());
        } catch (RuntimeException e) {
            log.warn("A mark of tenant {} can not be taken away now; it holds until {}", tenantId, mark.until(), e);
        }
    }

    /**
     * From now on no contract and no member comes to the tenant, for two minutes; refused while one is coming.
     *
     * @return by which the same caller, and no other, opens it again
     */
    public String close(String tenantId) {
        var now = clock.instant();
        var mark = new RoleMarks.Mark(ids.next(), Set.of(), now.plus(CLOSED));
        if (!policies.ensure(tenantId, 0) || !marks.close(tenantId, mark)) {
            throw Problem.notFound("tenant", tenantId).exception();
        }
        var coming = marks.find(tenantId, now).stream()
                .flatMap(state -> state.gifts().stream())
                .anyMatch(gift -> gift.holds(now));
        if (coming) {
            marks.open(tenantId, mark.token());
            throw Problem.of(ProblemCode.CONFLICT, "Something is being made in the tenant at this moment.")
                    .exception();
        }
        return mark.token();
    }

    /** The tenant stays, as far as it goes by who closed it under that token. */
    public void open(String tenantId, String token) {
        marks.open(tenantId, token);
    }

    private void begin(String tenantId, RoleMarks.Mark mark, Function<RoleName, Problem> refusal) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (marks.beginGift(tenantId, mark, clock.instant())) {
                return;
            }
            refusalOf(tenantId, mark.roles(), refusal).ifPresent(problem -> {
                throw problem.exception();
            });
        }
        throw Problem.of(ProblemCode.CONFLICT, "The roles of the tenant are being changed by many at once.")
                .exception();
    }

    /** Empty when what was in the way is gone: then it is tried again. */
    private Optional<Problem> refusalOf(String tenantId, Set<RoleName> roles, Function<RoleName, Problem> refusal) {
        var now = clock.instant();
        var state = marks.find(tenantId, now).orElse(null);
        if (state == null) {
            return policies.refresh(tenantId).isPresent()
                    ? Optional.empty()
                    : Optional.of(Problem.notFound("tenant", tenantId));
        }
        if (state.closed()) {
            return Optional.of(Problem.of(ProblemCode.CONFLICT, "The tenant is about to be deleted."));
        }
        var retired =
                state.retirements().stream().filter(mark -> mark.holds(now)).toList();
        var gone = roles.stream()
                .filter(role -> !state.roles().contains(role)
                        || RoleMarks.among(retired, roles).contains(role))
                .findFirst();
        if (gone.isPresent()) {
            return gone.map(refusal);
        }
        // Only retirements that ran out are in the way: whoever made them did not say how it went.
        policies.refresh(tenantId);
        return Optional.empty();
    }
}
