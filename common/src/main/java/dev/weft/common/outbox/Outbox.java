package dev.weft.common.outbox;

import dev.weft.common.event.Command;
import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.Fact;
import dev.weft.common.event.Outgoing;
import dev.weft.common.id.Ids;
import dev.weft.common.messaging.MessagingNames;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Makes the messages that a document carries in its outbox until they are sent. */
public final class Outbox {

    private final Ids ids;
    private final Clock clock;
    private final JsonMapper json;

    public Outbox(Ids ids, Clock clock, JsonMapper json) {
        this.ids = ids;
        this.clock = clock;
        this.json = json;
    }

    /** The scope of a message's subject: its tenant, contract and workspace. */
    public record Place(
            @Nullable String tenantId,
            @Nullable String contractId,
            @Nullable String workspaceId) {}

    /** A fact, for whoever listens. */
    public Outgoing event(
            Fact fact,
            long version,
            Place place,
            String subjectId,
            @Nullable String actorId,
            Map<String, Object> payload) {
        return outgoing(MessagingNames.EVENTS, fact.wire(), fact.wire(), version, place, subjectId, actorId, payload);
    }

    /** Work for execution-service. */
    public Outgoing command(
            Command command,
            long version,
            Place place,
            String subjectId,
            @Nullable String actorId,
            Map<String, Object> payload) {
        return outgoing(
                MessagingNames.COMMANDS, Command.SERVICE, command.wire(), version, place, subjectId, actorId, payload);
    }

    private Outgoing outgoing(
            String exchange,
            String key,
            String type,
            long version,
            Place place,
            String subjectId,
            @Nullable String actorId,
            Map<String, Object> payload) {
        var event = new DomainEvent(
                ids.nextUuid(),
                type,
                version,
                clock.instant(),
                place.tenantId(),
                place.contractId(),
                place.workspaceId(),
                subjectId,
                actorId,
                payload);
        return new Outgoing(event.id(), exchange, key, json.writeValueAsString(event), event.at());
    }
}
