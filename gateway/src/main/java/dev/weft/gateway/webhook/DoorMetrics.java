package dev.weft.gateway.webhook;

import dev.weft.common.problem.ProblemCode;
import dev.weft.gateway.webhook.broker.DoorBroker.PublishOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** All meters of the door, named here and made once, since every call updates them. */
final class DoorMetrics {

    private final Counter accepted;
    private final Counter replied;
    private final Counter broken;
    private final Map<ProblemCode, Counter> refused = new EnumMap<>(ProblemCode.class);
    private final Map<PublishOutcome, Timer> confirms = new EnumMap<>(PublishOutcome.class);

    DoorMetrics(MeterRegistry registry) {
        this.accepted = calls(registry, "accepted");
        this.replied = calls(registry, "replied");
        this.broken = calls(registry, "broken");
        for (var code : ProblemCode.values()) {
            refused.put(code, calls(registry, code.code()));
        }
        for (var outcome : PublishOutcome.values()) {
            confirms.put(
                    outcome,
                    registry.timer(
                            "weft.door.confirm", "outcome", outcome.name().toLowerCase(Locale.ROOT)));
        }
    }

    private static Counter calls(MeterRegistry registry, String answer) {
        return registry.counter("weft.door.calls", "answer", answer);
    }

    /** 200: the message is safe. */
    void accepted() {
        accepted.increment();
    }

    /** The flow's own answer, whatever its status. */
    void replied() {
        replied.increment();
    }

    /** The caller went away, or something nobody foresaw. */
    void broken() {
        broken.increment();
    }

    void refused(ProblemCode code) {
        Objects.requireNonNull(refused.get(code)).increment();
    }

    /** From the publish to the broker's word. */
    void confirmed(PublishOutcome outcome, long nanos) {
        Objects.requireNonNull(confirms.get(outcome)).record(nanos, TimeUnit.NANOSECONDS);
    }
}
