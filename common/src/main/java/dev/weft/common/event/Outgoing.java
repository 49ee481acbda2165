package dev.weft.common.event;

import java.time.Instant;
import org.springframework.data.mongodb.core.mapping.Field;

/**
 * A message that waits in its owner's document ({@code outbox: [{id, exchange, key, body, at}]}) until the broker has
 * confirmed it. {@code body} is the JSON of a {@link DomainEvent}.
 */
public record Outgoing(
        // Without this Spring Data would store it as _id.
        @Field("id") String id, String exchange, String key, String body, Instant at) {

    /** The same under a longer key, for one who listens by name: {@code <key>.<name>}. */
    public Outgoing forListener(String name) {
        return new Outgoing(id, exchange, key + "." + name, body, at);
    }
}
