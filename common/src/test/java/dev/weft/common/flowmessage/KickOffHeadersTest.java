package dev.weft.common.flowmessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What whoever fires a flow writes is what the engine reads, sometimes that of another release. */
class KickOffHeadersTest {

    private static KickOffHeaders watchedBy(@Nullable String watcher) {
        return new KickOffHeaders("m", "e", "f", "r", "w", "u", "s", "call", "due", 7, "reply.g.e", watcher);
    }

    @Test
    void haveTheNamesThatOtherReleasesKnow() {
        assertThat(watchedBy("apps").written())
                .isEqualTo(Map.ofEntries(
                        Map.entry("messageId", "m"),
                        Map.entry("threadId", "e"),
                        Map.entry("taskId", "f"),
                        Map.entry("execId", "r"),
                        Map.entry("workspaceId", "w"),
                        Map.entry("userId", "u"),
                        Map.entry("protocolVersion", 2),
                        Map.entry("x-weft-effect", EffectKey.kickOff("f", "due")),
                        Map.entry("x-weft-target", "s"),
                        Map.entry("x-weft-trigger", "call"),
                        Map.entry("x-weft-started", 7L),
                        Map.entry("reply_to", "reply.g.e"),
                        Map.entry("x-weft-watch", "apps")));
    }

    @Test
    void leaveOutWhatIsNot() {
        var headers = new KickOffHeaders("m", "e", "f", "r", "w", null, "s", "timer", "due", 7, null, null).written();

        assertThat(headers)
                .doesNotContainKeys("userId", "reply_to", "x-weft-watch")
                .doesNotContainValue(null);
    }

    @Test
    void sayWhoWatchesWhatBeginsWithThem() {
        assertThat(KickOffHeaders.watcher(watchedBy("flow-call").written())).contains("flow-call");
        assertThat(KickOffHeaders.watcher(watchedBy(null).written())).isEmpty();

        var next = new HashMap<>(watchedBy("apps").written());
        next.put(FlowHeaders.PARENT_MESSAGE_ID, "m");
        assertThat(KickOffHeaders.watcher(next)).as("no kick-off").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b", "#", "*", "Apps"})
    void aWatcherIsOneWordOfARoutingKey(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> watchedBy(name));
        assertThat(KickOffHeaders.watcher(Map.of(FlowHeaders.WATCH, name))).isEmpty();
    }
}
