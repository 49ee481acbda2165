package dev.weft.execution.worker;

import dev.weft.execution.failure.Failure;
import dev.weft.execution.failure.Suspects;
import dev.weft.execution.failure.Suspicion;
import dev.weft.execution.hop.Hop;
import dev.weft.execution.metrics.EngineMetrics;
import dev.weft.execution.queue.Delivery;
import dev.weft.execution.step.StepUnavailable;
import dev.weft.execution.topology.FlowTopology;
import dev.weft.execution.topology.FlowTopology.TopologyException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Works on messages that may be what kills their worker: one of a tenant at a time, after storing that it was begun. A
 * message that is suspected wrongly is worked on as well, a little later.
 */
final class SuspectCare {

    private static final Logger log = LoggerFactory.getLogger(SuspectCare.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration SHORT_PAUSE = Duration.ofMillis(200);
    /** A message that the broker had to take back so often may be what kills its worker ({@link Suspicion}). */
    private static final int SUSPICIOUS_RETURNS = 2;
    /** Deaths while it was in work as a suspect, or hung, that make it poison. */
    private static final int DEATHS = 2;

    private final SuspectLanes lanes = new SuspectLanes();
    private final EngineMetrics metrics;
    private final Suspects suspects;
    private final Suspicion suspicion;

    SuspectCare(EngineMetrics metrics, Suspects suspects, Suspicion suspicion) {
        this.metrics = metrics;
        this.suspects = suspects;
        this.suspicion = suspicion;
    }

    /** Of what has come back more than once, and what has come back at all and is known to have hung. */
    boolean isNeeded(Hop hop, Delivery delivery) {
        return delivery.returns() >= SUSPICIOUS_RETURNS
                || (delivery.returns() > 0 && suspects.isKnown(hop.messageId()));
    }

    /** @return after which pause it is to be begun anew; null: it has been worked on */
    @Nullable
    Duration work(Hop hop, Delivery delivery) {
        // At one more return the broker would give it up itself, on a way to the dead letters that is not safe.
        if (delivery.returns() >= FlowTopology.LAST_RETURN) {
            metrics.deadLetter();
            hop.fail(Failure.returnedTooOften());
            return null;
        }
        var verdict = suspects.isKnown(hop.messageId())
                ? Suspicion.Verdict.SUSPECT
                : suspicion.of(delivery.returns(), hop.startedAt());
        return switch (verdict) {
            case CLEAR -> {
                hop.travel();
                yield null;
            }
            case SUSPECT -> workApart(hop);
            // A process has been silent and may be dead or only slow: too early both for blaming the message and for
            // trusting it.
            case UNKNOWN -> PAUSE;
        };
    }

    /** That it was begun is written down before: should it kill this process, the next one knows. */
    private @Nullable Duration workApart(Hop hop) {
        var deaths = suspects.begun(hop.messageId());
        if (deaths >= DEATHS) {
            hop.fail(Failure.poison());
            survived(hop);
            return null;
        }
        var place = lanes.enter(hop.tenantId(), deaths > 0, PAUSE);
        if (place.isEmpty()) {
            return SHORT_PAUSE;
        }
        try (var _ = place.get()) {
            suspects.begin(hop.messageId(), hop.flowId());
            hop.travel();
            survived(hop);
            return null;
        } catch (StepUnavailable | TopologyException | DataAccessException e) {
            survived(hop);
            throw e;
        }
    }

    /** What has been worked on must not be worked on again because of this: a mark that stays counts as one death. */
    void survived(Hop hop) {
        try {
            suspects.end(hop.messageId());
        } catch (DataAccessException e) {
            log.warn("A suspect did no harm, which can not be written down: {}", e.toString());
        }
    }
}
