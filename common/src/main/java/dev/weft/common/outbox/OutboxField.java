package dev.weft.common.outbox;

import dev.weft.common.event.Outgoing;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.springframework.data.mongodb.core.query.Update;

/**
 * How messages wait in a document, {@code outbox: [{id, exchange, key, body, at}]}: for repositories with writes that
 * {@link RevisionedStore} does not make. Whoever writes so calls {@link OutboxRelay} afterwards.
 */
public final class OutboxField {

    /** Its name, for who leaves it out of what he reads, or asks whether something waits. */
    public static final String NAME = "outbox";

    private OutboxField() {}

    /** Notes the messages in the write that makes the change. */
    public static Update announcing(Update change, List<Outgoing> facts) {
        // The relay takes messages away at any moment: new ones are pushed, and the array that was read is never
        // written back.
        return facts.isEmpty() ? change : change.push(NAME).each(waiting(facts).toArray());
    }

    public static List<Document> waiting(List<Outgoing> facts) {
        return facts.stream().map(OutboxField::waiting).toList();
    }

    /**
     * As it waits in a document: where no record tells the mapping what is in there, it would add the name of a class.
     */
    public static Document waiting(Outgoing fact) {
        return new Document("id", fact.id())
                .append("exchange", fact.exchange())
                .append("key", fact.key())
                .append("body", fact.body())
                .append("at", Date.from(fact.at()));
    }

    /** What waits in a document; nothing when it has no outbox. */
    public static List<Outgoing> read(Document owner) {
        return owner.getList(NAME, Document.class, List.of()).stream()
                .map(OutboxField::message)
                .toList();
    }

    /** One as {@link #waiting(Outgoing)} wrote it, wherever in a document. */
    public static Outgoing message(Document waiting) {
        return new Outgoing(
                waiting.getString("id"),
                waiting.getString("exchange"),
                waiting.getString("key"),
                waiting.getString("body"),
                waiting.get("at") instanceof Date date ? date.toInstant() : Instant.EPOCH);
    }
}
