package dev.weft.flow.lifecycle;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import dev.weft.common.duty.Duty;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Service;

/**
 * Repeats a command when nothing was heard of its outcome for a minute: the command may be lost, or the answer. It
 * bears the number of its wish, so execution-service only answers again if it was carried out already.
 */
@Service
class UnsettledFlows {

    private static final Logger log = LoggerFactory.getLogger(UnsettledFlows.class);
    private static final int AT_ONCE = 200;

    private final FlowStates states;
    private final Clock clock;

    UnsettledFlows(FlowStates states, Clock clock) {
        this.states = states;
        this.clock = clock;
    }

    @Bean
    Duty unsettledFlowsDuty() {
        return Duty.ofService("unsettled-flows", ofSeconds(20), () -> sweep(clock.instant()))
                .within(ofMinutes(5));
    }

    void sweep(Instant now) {
        // A minute is longer than a start that goes well, so nothing is repeated needlessly.
        for (var id : states.unsettled(now.minus(ofMinutes(1)), AT_ONCE)) {
            if (states.tellAgain(id, now)) {
                log.info("What is wanted of flow {} is told again: nothing was heard of it for a minute", id);
            }
        }
    }
}
