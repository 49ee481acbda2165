package dev.weft.workspace.mail;

import java.time.Instant;
import java.util.Map;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/** {@code {_id, kind, about, values, since, state, due, attempts}}; {@code state} is waiting, done or lost. */
@Document(StoredMailWant.COLLECTION)
record StoredMailWant(
        @Id String id,
        String kind,
        String about,
        Map<String, String> values,
        Instant since,
        String state,
        Instant due,
        int attempts) {

    static final String COLLECTION = "mails";
    static final String WAITING = "waiting";
    static final String DONE = "done";
    static final String LOST = "lost";

    static StoredMailWant of(MailWant want) {
        return new StoredMailWant(
                want.id(),
                want.kind().name(),
                want.about(),
                want.values(),
                want.since(),
                WAITING,
                want.since(),
                want.attempts());
    }

    MailWant read() {
        return new MailWant(id, MailKind.valueOf(kind), about, values, since, attempts);
    }
}
