package dev.weft.flow.lifecycle;

import dev.weft.common.schedule.CronSchedule;
import dev.weft.flow.content.FlowContent;
import dev.weft.flow.flow.FlowProperties;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;

/**
 * Computes the first firing of a polling flow that starts now: by its cron in the time zone of its trigger, else after
 * the interval of its timer, else after the installation's polling interval.
 */
@Service
final class DueExecution {

    private static final Map<String, Duration> INTERVALS = Map.of(
            "minute", Duration.ofMinutes(1),
            "5_minutes", Duration.ofMinutes(5),
            "hour", Duration.ofHours(1),
            "day", Duration.ofDays(1));

    private final Duration pollingInterval;

    DueExecution(FlowProperties properties) {
        this.pollingInterval = properties.pollingInterval();
    }

    /** Empty for a flow that does not fire by time. */
    Optional<Instant> after(Instant start, FlowContent content) {
        if (!content.polling()) {
            return Optional.empty();
        }
        var cron = content.cron();
        return cron != null
                ? CronSchedule.parse(cron).flatMap(schedule -> schedule.next(start, zone(content)))
                : Optional.of(start.plus(interval(content)));
    }

    private static ZoneId zone(FlowContent content) {
        return content.graph()
                .firstStep()
                .map(step -> step.fields().get("timezone"))
                .map(String::valueOf)
                // An older release may have accepted an invalid time zone.
                .filter(CronSchedule::isZone)
                .map(ZoneId::of)
                .orElse(ZoneOffset.UTC);
    }

    private Duration interval(FlowContent content) {
        return content.graph()
                .firstStep()
                .map(step -> step.fields().get("interval"))
                .map(interval -> INTERVALS.get(String.valueOf(interval)))
                .orElse(pollingInterval);
    }
}
