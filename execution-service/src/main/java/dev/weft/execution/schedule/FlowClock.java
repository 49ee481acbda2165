package dev.weft.execution.schedule;

import dev.weft.common.flowmessage.EffectKey;
import dev.weft.common.schedule.CronSchedule;
import dev.weft.execution.deployment.Definitions;
import dev.weft.execution.deployment.Deployment;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.plan.FlowDefinition;
import dev.weft.execution.plan.Planner;
import dev.weft.execution.queue.FlowPublisher;
import dev.weft.execution.queue.KickOffs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Computes when polling flows fire: by the flow's cron if it has one, in the trigger's {@code timezone}, else by the
 * trigger's interval, else every 3 minutes (api-v2 9.5). A firing's exec_id is made of the flow and the due instant or
 * command, so that firing twice is one execution.
 */
@Service
public class FlowClock {

    private final Definitions definitions;
    private final Planner planner;
    private final KickOffs kickOffs;
    private final FlowPublisher publisher;
    private final Clock clock;
    private final Duration pollingInterval;

    FlowClock(
            Definitions definitions,
            Planner planner,
            KickOffs kickOffs,
            FlowPublisher publisher,
            Clock clock,
            ClockProperties properties) {
        this.definitions = definitions;
        this.planner = planner;
        this.kickOffs = kickOffs;
        this.publisher = publisher;
        this.clock = clock;
        this.pollingInterval = properties.pollingInterval();
    }

    /** The first firing of a flow that becomes active now; null when its trigger does not fire by time. */
    @Nullable
    public Instant first(FlowDefinition definition) {
        return next(definition, clock.instant()).orElse(null);
    }

    /**
     * The first firing in the future. An interval is counted from {@code due}, so that late firings do not move the later
     * ones; instants missed meanwhile are left out.
     */
    Optional<Instant> next(FlowDefinition definition, Instant due) {
        var now = clock.instant();
        return rhythm(definition).flatMap(rhythm -> switch (rhythm) {
            case Rhythm.Cron(var expression, var zone) ->
                CronSchedule.parse(expression).flatMap(schedule -> schedule.next(now, zone));
            case Rhythm.Every(var interval) -> {
                var missed = Math.max(0, Duration.between(due, now).dividedBy(interval));
                // Truncated because the store keeps milliseconds: the firing is named by its due instant, which must be
                // the same when it is read again.
                yield Optional.of(due.plus(interval.multipliedBy(missed + 1)).truncatedTo(ChronoUnit.MILLIS));
            }
        });
    }

    /** The next firing when another version comes into force: as it was, unless that fires at other times. */
    @Nullable
    public Instant kept(@Nullable Instant due, FlowDefinition older, FlowDefinition newer) {
        // If each version restarted the interval, an hourly flow that is edited every fifty minutes would never fire.
        return due != null && rhythm(older).equals(rhythm(newer)) ? due : first(newer);
    }

    /** When a trigger fires. */
    private sealed interface Rhythm {

        /** A cron expression of five fields, in that time zone. */
        record Cron(String expression, ZoneId zone) implements Rhythm {}

        /** A fixed interval. */
        record Every(Duration interval) implements Rhythm {}
    }

    /** Empty when the trigger does not fire by time. */
    private Optional<Rhythm> rhythm(FlowDefinition definition) {
        var cron = definition.version().cron();
        return trigger(definition)
                .map(trigger -> cron != null && !cron.isBlank()
                        ? new Rhythm.Cron(cron, zone(field(trigger, "timezone")))
                        : new Rhythm.Every(interval(field(trigger, "interval"))));
    }

    private static @Nullable Object field(FlowDefinition.Node trigger, String name) {
        return trigger.fields() == null ? null : trigger.fields().get(name);
    }

    /** UTC too for what an older version of the flow has there, which nobody checked. */
    private static ZoneId zone(@Nullable Object name) {
        return name instanceof String text && CronSchedule.isZone(text) ? ZoneId.of(text) : ZoneOffset.UTC;
    }

    private static Optional<FlowDefinition.Node> trigger(FlowDefinition definition) {
        return definition.version().graph().nodes().stream()
                .filter(node -> Boolean.TRUE.equals(node.polling()))
                .findFirst();
    }

    private Duration interval(@Nullable Object word) {
        return switch (String.valueOf(word)) {
            case "minute" -> Duration.ofMinutes(1);
            case "5_minutes" -> Duration.ofMinutes(5);
            case "hour" -> Duration.ofHours(1);
            case "day" -> Duration.ofDays(1);
            default -> pollingInterval;
        };
    }

    /** Fires at a due instant; returns when the broker has the message. */
    void fire(Deployment deployment, Instant due) {
        fire(deployment, "due:" + due.toEpochMilli(), "timer", due);
    }

    /** Fires because a person asked; {@code wish} numbers the request. */
    public void fireNow(Deployment deployment, long wish) {
        fire(deployment, "manual:" + wish, "manual", clock.instant());
    }

    private void fire(Deployment deployment, String cause, String trigger, Instant due) {
        var spec = deployment.current();
        var plan = planner.plan(definitions.read(spec.definition()), spec.id());
        var execution = EffectKey.kickOff(deployment.owner().id(), cause).substring(0, 32);
        var message = StepMessage.of(
                Map.of("fireTime", due.truncatedTo(ChronoUnit.MILLIS).toString()));
        publisher.publishAndWait(kickOffs.fire(plan, execution, trigger, cause, message));
    }
}
