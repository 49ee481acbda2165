package dev.weft.execution.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.execution.plan.FlowDefinition;
import dev.weft.execution.plan.FlowDefinition.Flow;
import dev.weft.execution.plan.FlowDefinition.Graph;
import dev.weft.execution.plan.FlowDefinition.Node;
import dev.weft.execution.plan.FlowDefinition.Version;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlowClockTest {

    private static final Instant NOW = Instant.parse("2026-03-27T15:39:02.825Z");

    private final FlowClock clock = new FlowClock(
            null, null, null, null, Clock.fixed(NOW, ZoneOffset.UTC), new ClockProperties(Duration.ofMinutes(3)));

    private static FlowDefinition flow(boolean polling, Map<String, Object> fields, @Nullable String cron) {
        var node = new Node("s", "weft/timer:timer", "c", "r", "trigger", polling, false, null, fields, null, null);
        return new FlowDefinition(
                new Flow("f", "n", "ordinary", "u", "w", "k", "t", true, cron, 1),
                new Version("v", new Graph(List.of(node), List.of()), Map.of(), cron),
                null);
    }

    @ParameterizedTest
    @CsvSource({"minute, PT1M", "5_minutes, PT5M", "hour, PT1H", "day, P1D"})
    void firesByTheTriggersInterval(String interval, Duration expected) {
        assertThat(clock.first(flow(true, Map.of("interval", interval), null))).isEqualTo(NOW.plus(expected));
    }

    @Test
    void aCronWinsOverTheInterval() {
        assertThat(clock.first(flow(true, Map.of("interval", "minute"), "0 16 * * *")))
                .isEqualTo("2026-03-27T16:00:00Z");
    }

    @Test
    void aCronIsReadByTheClocksOfTheTriggersZone() {
        var kolkata = flow(true, Map.of("timezone", "Asia/Kolkata"), "0 2 * * *");
        var utc = flow(true, Map.of("timezone", "Mars/Olympus"), "0 2 * * *");

        assertThat(clock.first(kolkata)).isEqualTo("2026-03-27T20:30:00Z");
        assertThat(clock.first(utc)).isEqualTo("2026-03-28T02:00:00Z");
        assertThat(clock.kept(clock.first(utc), utc, kolkata)).isEqualTo("2026-03-27T20:30:00Z");
    }

    @Test
    void aPollingTriggerWithNeitherFiresByTheDefault() {
        assertThat(clock.first(flow(true, Map.of(), null))).isEqualTo(NOW.plus(Duration.ofMinutes(3)));
    }

    @Test
    void aLateFiringDoesNotMoveTheLaterOnes() {
        var flow = flow(true, Map.of("interval", "minute"), null);

        assertThat(clock.next(flow, NOW.minusMillis(700))).contains(NOW.plusMillis(59_300));
        assertThat(clock.next(flow, NOW)).contains(NOW.plusSeconds(60));
    }

    @Test
    void missedInstantsAreLeftOutAndTheNextIsInTheFuture() {
        var flow = flow(true, Map.of("interval", "minute"), null);

        assertThat(clock.next(flow, NOW.minusSeconds(3600 + 20))).contains(NOW.plusSeconds(40));
        assertThat(clock.next(flow(true, Map.of(), "0 16 * * *"), NOW.minus(Duration.ofDays(3))))
                .contains(Instant.parse("2026-03-27T16:00:00Z"));
    }

    @Test
    void anotherVersionKeepsTheDueInstantUnlessItFiresAtOtherTimes() {
        var due = NOW.plusSeconds(7);
        var hourly = flow(true, Map.of("interval", "hour"), null);

        assertThat(clock.kept(due, hourly, flow(true, Map.of("interval", "hour", "x", 1), null)))
                .isEqualTo(due);
        assertThat(clock.kept(due, hourly, flow(true, Map.of("interval", "minute"), null)))
                .isEqualTo(NOW.plusSeconds(60));
        assertThat(clock.kept(due, hourly, flow(true, Map.of("interval", "hour"), "0 16 * * *")))
                .isEqualTo("2026-03-27T16:00:00Z");
        assertThat(clock.kept(due, hourly, flow(false, Map.of(), null))).isNull();
        assertThat(clock.kept(null, hourly, hourly)).isEqualTo(NOW.plusSeconds(3600));
    }

    @Test
    void aWebhookDoesNotFireByTime() {
        assertThat(clock.first(flow(false, Map.of(), "0 16 * * *"))).isNull();
    }
}
