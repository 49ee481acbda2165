package dev.weft.execution.builtin.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.common.http.HttpAnswer.AnswerPlace;
import dev.weft.common.http.HttpCallFailure;
import dev.weft.common.http.HttpCaller;
import dev.weft.execution.sandbox.Sandbox;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class AnswerRoomTest {

    private static final int MIB = 1024 * 1024;
    private static final Duration LONG = Duration.ofSeconds(30);

    private final AnswerRoom room = new AnswerRoom(32 * MIB);

    private AnswerRoom.Place of(String tenant) {
        return ScopedValue.where(Sandbox.TENANT, tenant).call(room::open);
    }

    @Test
    void asksSmallAnswersForNothing() throws HttpCallFailure {
        of("a").read(HttpCaller.BODY, Duration.ZERO);

        for (var n = 0; n < 1000; n++) {
            of("a").make(new byte[AnswerPlace.SMALL]);
        }
    }

    @Test
    void sharesItFairlyAndTellsWhoFindsNone() throws HttpCallFailure {
        var first = of("a");
        first.read(HttpCaller.BODY, Duration.ZERO);

        assertThatThrownBy(() -> of("a").read(HttpCaller.BODY, Duration.ofMillis(20)))
                .isInstanceOfSatisfying(HttpCallFailure.class, failure -> {
                    assertThat(failure.name()).isEqualTo("NoRoomForAnswer");
                    assertThat(failure.isWorthRetrying())
                            .as("the server would do its work again")
                            .isFalse();
                });
        of("b").read(HttpCaller.BODY, Duration.ZERO);
        first.close();
        of("a").read(HttpCaller.BODY, Duration.ZERO);
    }

    @Test
    void keepsWhatIsMadeOfAnAnswerUntilItsEnd() throws HttpCallFailure {
        var members = "{\"a\":1},".repeat(MIB / 8).getBytes(StandardCharsets.US_ASCII);
        var first = of("a");
        first.read(members.length, Duration.ZERO);
        first.make(members);

        of("a").read(HttpCaller.BODY, Duration.ZERO);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var second = threads.submit(() -> {
                of("a").make(members);
                return true;
            });
            assertThatThrownBy(() -> second.get(100, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);

            first.close();
            assertThat(second).succeedsWithin(LONG);
        }
    }

    @Test
    void manyWhoReadAndMakeAtOnceAllComeToTheirEnd() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<Boolean>>();
            for (var n = 0; n < 200; n++) {
                var tenant = "t" + n % 3;
                all.add(threads.submit(() -> {
                    try (var place = of(tenant)) {
                        place.read(MIB, LONG);
                        Thread.yield();
                        place.make(new byte[MIB]);
                        return true;
                    }
                }));
            }
            for (var one : all) {
                assertThat(one.get()).isTrue();
            }
        }
    }
}
