package dev.weft.common.flowmessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What whoever fires a flow writes is what the engine reads, sometimes that of another release. */
class KickOffHeadersTest {

    private static final String EXECUTION = "0123456789abcdef0123456789abcdef";
    private static final String EFFECT = EffectKey.kickOff("f", "due");

    private static KickOffHeaders watchedBy(@Nullable String watcher) {
        return new KickOffHeaders("m", EXECUTION, "f", "r", "w", "u", "s", "call", EFFECT, 7, "reply.g.e", watcher);
    }

    private static KickOffHeaders unwatched() {
        return new KickOffHeaders("m", EXECUTION, "f", "r", "w", null, "s", "timer", EFFECT, 7, null, null);
    }

    @Test
    void haveTheNamesThatOtherReleasesKnow() {
        assertThat(watchedBy("apps").written())
                .isEqualTo(Map.ofEntries(
                        Map.entry("messageId", "m"),
                        Map.entry("threadId", EXECUTION),
                        Map.entry("taskId", "f"),
                        Map.entry("execId", "r"),
                        Map.entry("workspaceId", "w"),
                        Map.entry("userId", "u"),
                        Map.entry("protocolVersion", 2),
                        Map.entry("x-weft-effect", EFFECT),
                        Map.entry("x-weft-target", "s"),
                        Map.entry("x-weft-trigger", "call"),
                        Map.entry("x-weft-started", 7L),
                        Map.entry("reply_to", "reply.g.e"),
                        Map.entry("x-weft-watch", "apps")));
    }

    @Test
    void leaveOutWhatIsNot() {
        assertThat(unwatched().written())
                .doesNotContainKeys("userId", "reply_to", "x-weft-watch")
                .doesNotContainValue(null);
    }

    private static Optional<KickOffHeaders> read(KickOffHeaders kickOff, String header, Object value) {
        var headers = new HashMap<>(kickOff.written());
        headers.put(header, value);
        return KickOffHeaders.read(headers);
    }

    @Test
    void areReadAsTheyWereWritten() {
        for (var kickOff : List.of(watchedBy("flow-call"), unwatched())) {
            assertThat(KickOffHeaders.read(kickOff.written())).contains(kickOff);
        }
    }

    @Test
    void areNotReadOfWhatComesOfAKickOffOrComesAgain() {
        assertThat(read(watchedBy("apps"), FlowHeaders.PARENT_MESSAGE_ID, "m")).isEmpty();
        assertThat(read(watchedBy("apps"), FlowHeaders.STEP_ID, "s")).isEmpty();
        assertThat(read(watchedBy("apps"), FlowHeaders.REBOUND_ITERATION, 1)).isEmpty();
    }

    @Test
    void areNotReadOfWhatNobodyHereWrites() {
        assertThat(KickOffHeaders.read(Map.of(FlowHeaders.WATCH, "apps"))).isEmpty();
        assertThat(read(unwatched(), FlowHeaders.THREAD_ID, "e")).isEmpty();
        assertThat(read(unwatched(), FlowHeaders.EFFECT, "k")).isEmpty();
        assertThat(read(unwatched(), FlowHeaders.PROTOCOL_VERSION, 1)).isEmpty();
        assertThat(read(unwatched(), FlowHeaders.STARTED, "soon")).isEmpty();
        assertThat(read(unwatched(), FlowHeaders.REPLY_TO, "reply.*.#"))
                .get()
                .extracting(KickOffHeaders::replyTo)
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b", "#", "*", "Apps"})
    void aWatcherIsOneWordOfARoutingKey(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> watchedBy(name));
        assertThat(read(unwatched(), FlowHeaders.WATCH, name)).contains(unwatched());
    }
}
