package dev.weft.execution.lifecycle;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long what concerns a run may last.
 *
 * @param shortestDrain a replaced run is kept for so long at least: longer than a gateway knows its door
 *                      ({@link dev.weft.common.flowmessage.DoorTerm})
 * @param startLimit    a flow that is not active within this time goes back to inactive (api-v2 9.5)
 * @param handBackLimit a stop waits no longer for processes to hand back what they have not begun
 * @param patience      whoever hears a wish works at it for so long; what takes longer is left to the sweeper
 */
@ConfigurationProperties("weft.run")
record RunProperties(
        @DefaultValue("11m") Duration shortestDrain,
        @DefaultValue("60s") Duration startLimit,
        @DefaultValue("30s") Duration handBackLimit,
        @DefaultValue("5s") Duration patience) {}
