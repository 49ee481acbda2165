package dev.weft.execution.takedown;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Time limits in the life of a run.
 *
 * @param shortestDrain a replaced run is kept at least this long: longer than a gateway may remember its door
 *                      ({@link dev.weft.common.flowmessage.DoorTerm})
 * @param startLimit    a flow that is not active within this time goes back to inactive (api-v2 9.5)
 * @param handBackLimit a stop waits at most this long for processes to hand back messages that they have not begun
 * @param patience      whoever hears a wish works on it for this long; the rest is left to the sweeper
 */
@ConfigurationProperties("weft.run")
public record RunProperties(
        @DefaultValue("11m") Duration shortestDrain,
        @DefaultValue("60s") Duration startLimit,
        @DefaultValue("30s") Duration handBackLimit,
        @DefaultValue("5s") Duration patience) {}
