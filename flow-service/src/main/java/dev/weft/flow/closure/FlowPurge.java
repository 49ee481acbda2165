package dev.weft.flow.closure;

import static java.time.Duration.ofMinutes;

import dev.weft.common.duty.Duty;
import dev.weft.flow.flow.FlowRepository;
import dev.weft.flow.version.FlowArchive;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Service;

/** Removes flows that were deleted long enough ago; any replica may do it, since doing it twice does no harm. */
@Service
class FlowPurge {

    private static final int AT_ONCE = 500;

    private final FlowRepository flows;
    private final FlowArchive archive;
    private final PurgeProperties properties;
    private final Clock clock;

    FlowPurge(FlowRepository flows, FlowArchive archive, PurgeProperties properties, Clock clock) {
        this.flows = flows;
        this.archive = archive;
        this.properties = properties;
        this.clock = clock;
    }

    @Bean
    Duty flowPurgeDuty() {
        return Duty.ofService("flow-purge", ofMinutes(10), this::sweep)
                .first(ofMinutes(2))
                .within(ofMinutes(10));
    }

    void sweep() {
        flows.deletedBefore(clock.instant().minus(properties.keepDeleted()), AT_ONCE)
                .forEach(this::purge);
    }

    /** Removes what is left of a deleted flow. */
    void purge(String id) {
        // The versions first: once the flow is gone, nobody would come back to remove them.
        archive.forget(id);
        flows.purge(id);
        // And those that a change stored in between, which then found the flow still there.
        archive.forget(id);
    }
}
