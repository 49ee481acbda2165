package dev.weft.workspace.deletion;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import dev.weft.common.deletion.DeletionScope;
import dev.weft.common.duty.Duty;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Shows operators which deletions stand still and who owes the answer: {@code weft.deletions.owed} by service, the same
 * number in every process, and the detail {@code deletions} of health.
 */
@Configuration(proxyBeanMethods = false)
class DeletionWatch {

    private static final Duration LONG = ofMinutes(1);
    private static final int MOST = 1_000;
    private static final int MOST_SHOWN = 20;

    private final DeletingPlaces places;
    private final Clock clock;
    private volatile Map<String, Integer> owed = Map.of();
    private volatile Map<String, String> waiting = Map.of();

    DeletionWatch(DeletingPlaces places, Clock clock, MeterRegistry meters) {
        this.places = places;
        this.clock = clock;
        var services = new TreeSet<String>();
        for (var scope : DeletionScope.values()) {
            services.addAll(scope.services());
        }
        for (var service : services) {
            Gauge.builder("weft.deletions.owed", this, watch -> watch.owed.getOrDefault(service, 0))
                    .description("deletions of contracts and workspaces that wait for this service's answer")
                    .tag("service", service)
                    .strongReference(true)
                    .register(meters);
        }
    }

    @Bean
    Duty deletionWatchDuty() {
        return Duty.ofProcess("deletion-watch", ofSeconds(15), this::look).first(ofSeconds(5));
    }

    /** Never DOWN: a process that is taken away for it would end no deletion. */
    @Bean
    HealthIndicator deletionsHealthIndicator() {
        return () -> Health.up().withDetails(waiting).build();
    }

    void look() {
        var counts = new HashMap<String, Integer>();
        var shown = new LinkedHashMap<String, String>();
        for (var scope : DeletionProgress.SCOPES) {
            for (var place : places.all(scope, MOST)) {
                place.owing().forEach(service -> counts.merge(service, 1, Integer::sum));
                var asked = place.asked();
                if (asked != null && asked.since().plus(LONG).isBefore(clock.instant()) && shown.size() < MOST_SHOWN) {
                    shown.put(place.id(), scope + " since " + asked.since() + ", owed by " + place.owing());
                }
            }
        }
        owed = Map.copyOf(counts);
        waiting = Map.copyOf(shown);
    }

    /** By id of what is deleted: since when, and who owes the answer. */
    Map<String, String> waiting() {
        return waiting;
    }
}
