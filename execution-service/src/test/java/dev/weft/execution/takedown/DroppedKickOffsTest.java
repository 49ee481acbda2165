package dev.weft.execution.takedown;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.flowmessage.EffectKey;
import dev.weft.common.flowmessage.KickOffHeaders;
import dev.weft.common.id.Ids;
import dev.weft.execution.plan.FlowBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DroppedKickOffsTest {

    private static final long NOW = 1_790_000_000_000L;

    private final Ids ids = new Ids();
    private final DroppedKickOffs seen =
            new DroppedKickOffs(FlowBuilder.aFlow("65a000000000000000000001").build(), "r1", NOW);

    @Test
    void tellsNobodyWhoHasGivenUpLongAgo() {
        var waits = see(NOW - 30_000, "reply.gateway.a", null);
        see(NOW - 3_600_000, "reply.gateway.b", null);

        assertThat(seen.takeCallers()).containsExactly(Map.entry(waits, "reply.gateway.a"));
        assertThat(seen.takeCallers()).isEmpty();
    }

    @Test
    void tellsWatchersWhateverTheAgeAndEachOnce() {
        var watched = see(NOW - 3_600_000, null, "tester");
        see(NOW, null, null);

        assertThat(seen.takeWatched())
                .singleElement()
                .satisfies(record -> assertThat(record.executionId()).isEqualTo(watched));
        assertThat(seen.takeWatched()).isEmpty();
        assertThat(seen.takeCallers()).isEmpty();
    }

    private String see(long startedAt, @Nullable String replyTo, @Nullable String watcher) {
        var execution = ids.nextExecution();
        var kickOff = new KickOffHeaders(
                ids.next(),
                execution,
                "65a000000000000000000001",
                "r1",
                "65a000000000000000000002",
                null,
                "step_1",
                "webhook",
                EffectKey.kickOff("65a000000000000000000001", execution),
                startedAt,
                replyTo,
                watcher);
        seen.see(kickOff.written());
        return execution;
    }
}
