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
 * Brings together what this service wants of flows and what execution-service knows: a command of whose outcome nothing
 * was heard for a minute is told again, whether it was lost or its answer. It bears the number of its wish, so that one
 * that was carried out is only answered once more.
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
        // A minute is longer than a start takes that goes well: nothing is told twice for nothing.
        for (var id : states.unsettled(now.minus(ofMinutes(1)), AT_ONCE)) {
            if (states.tellAgain(id, now)) {
                log.info("What is wanted of flow {} is told again: nothing was heard of it for a minute", id);
            }
        }
    }
}
