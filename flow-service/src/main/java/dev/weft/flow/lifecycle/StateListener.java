package dev.weft.flow.lifecycle;

import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.Fact;
import dev.weft.common.event.FactHandler;
import dev.weft.flow.flow.CurrentStatus;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Hears execution-service's news about flows: {@code flow.state-changed} with payload {@code
 * {"current_status":"active","wish":3,"due_execution":"2026-11-24T12:00:00.000Z","queues":7}}; {@code due_execution}
 * null for none, absent (as {@code queues}) when nothing is said about it. A fact that can not be read is skipped,
 * since it would not become readable by a retry.
 */
@Configuration(proxyBeanMethods = false)
class StateListener {

    private static final Logger log = LoggerFactory.getLogger(StateListener.class);

    /** Repeatable: news that was applied, or overtaken, changes nothing. */
    @Bean
    FactHandler stateNews(FlowStateService states) {
        return new FactHandler(Fact.FLOW_STATE_CHANGED, changed -> {
            var news = read(changed);
            if (news.isEmpty()) {
                log.warn("News about flow {} is not understood: {}", changed.subjectId(), changed.payload());
            }
            news.ifPresent(states::apply);
        });
    }

    static Optional<StateNews> read(DomainEvent event) {
        Map<String, Object> payload = event.payload();
        var current = CurrentStatus.find(String.valueOf(payload.get("current_status")));
        if (current.isEmpty() || !(payload.get("wish") instanceof Number wish)) {
            return Optional.empty();
        }
        try {
            var due = payload.containsKey("due_execution")
                    ? Optional.of(Optional.ofNullable(payload.get("due_execution"))
                            .map(instant -> Instant.parse(instant.toString())))
                    : Optional.<Optional<Instant>>empty();
            var queues = payload.get("queues") instanceof Number count
                    ? Optional.of(count.longValue())
                    : Optional.<Long>empty();
            return Optional.of(
                    new StateNews(event.subjectId(), current.get(), wish.longValue(), event.version(), due, queues));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
