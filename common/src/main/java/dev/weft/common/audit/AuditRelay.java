package dev.weft.common.audit;

import dev.weft.common.event.Fact;
import dev.weft.common.event.Outgoing;
import dev.weft.common.outbox.Outbox;
import dev.weft.common.outbox.Outbox.Place;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Tells identity-service of entries: {@code audit.recorded} with up to {@value #AT_ONCE} of them. */
final class AuditRelay {

    /** A message and a confirm for each would make a storm of changes wait for its trail. */
    static final int AT_ONCE = 100;

    private static final Place NOWHERE = new Place(null, null, null);

    private final Outbox outbox;
    private final Consumer<Outgoing> broker;

    /** @param broker returns when it has the message, and throws when that is not sure */
    AuditRelay(Outbox outbox, Consumer<Outgoing> broker) {
        this.outbox = outbox;
        this.broker = broker;
    }

    void tell(List<AuditEntry> entries) {
        // Each message is a subject of its own: identity-service works on many at once.
        var subject = entries.getFirst().id();
        broker.accept(outbox.event(Fact.AUDIT_RECORDED, 0, NOWHERE, subject, null, Map.of("entries", entries)));
    }
}
