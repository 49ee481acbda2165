package dev.weft.workspace.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.common.id.Ids;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.ProblemException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RoleKeepingTest {

    /** Takes every mark, and no mark away. */
    private static final class Stuck implements RoleMarks {

        @Override
        public Optional<State> find(String tenantId, Instant now) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean beginGift(String tenantId, Mark mark, Instant now) {
            return true;
        }

        @Override
        public void endGift(String tenantId, String token) {
            throw new IllegalStateException("The store is away");
        }

        @Override
        public boolean beginRetirement(String tenantId, Mark mark) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void endRetirement(String tenantId, String token) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void endRetirements(String tenantId, Instant endedBy) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean close(String tenantId, Mark mark) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void open(String tenantId, String token) {
            throw new UnsupportedOperationException();
        }
    }

    private static String keeping(Supplier<String> work) {
        return new RoleKeeping(new Stuck(), null, new Ids(), Clock.systemUTC())
                .keeping("tenant", List.of(), _ -> Problem.invalid("roles", "gone"), work);
    }

    /** It runs out by itself; who is told of a failure would do the work again. */
    @Test
    void aMarkThatStaysChangesNothingOfWhatWasDoneOrRefused() {
        assertThat(keeping(() -> "done")).isEqualTo("done");
        assertThatThrownBy(() -> keeping(() -> {
                    throw Problem.of(ProblemCode.CONFLICT, "Refused.").exception();
                }))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("Refused.");
    }
}
