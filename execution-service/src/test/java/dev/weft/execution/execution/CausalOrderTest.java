package dev.weft.execution.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.execution.record.StepRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CausalOrderTest {

    private static KeptStep step(String message, @Nullable String parent, int attempt, long startedAt) {
        return new KeptStep(
                new KeptStep.Mark(message.hashCode(), attempt),
                "step",
                message,
                parent,
                StepRecord.Status.COMPLETED,
                startedAt,
                5,
                null,
                null,
                false);
    }

    @Test
    void parentsComeBeforeTheirChildren() {
        var root = step("root", null, 1, 10);
        var child = step("child", "root", 1, 10);
        var grandchild = step("grandchild", "child", 1, 10);

        assertThat(CausalOrder.of(List.of(grandchild, child, root))).containsExactly(root, child, grandchild);
    }

    @Test
    void whatCameOfAReboundFollowsItsAttempts() {
        var first = step("rebound", null, 1, 10);
        var second = step("rebound", null, 2, 10);
        var child = step("child", "rebound", 1, 5);

        assertThat(CausalOrder.of(List.of(child, second, first))).containsExactly(first, second, child);
    }

    @Test
    void aStepWhoseCauseIsNotKeptComesFirst() {
        var root = step("root", null, 1, 10);
        var child = step("child", "root", 1, 20);
        var orphan = step("orphan", "gone", 1, 30);

        assertThat(CausalOrder.of(List.of(child, orphan, root))).containsExactly(root, orphan, child);
    }
}
