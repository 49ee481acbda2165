package dev.weft.identity.apikey;

import dev.weft.common.event.Outgoing;
import java.time.Instant;
import java.util.List;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.mapping.Field;

/** {@code {_id: user id, hash: SHA-256 in hex, created_at, outbox}}. */
@Document(StoredApiKey.COLLECTION)
record StoredApiKey(
        @Id String userId, String hash, @Field("created_at") Instant createdAt, List<Outgoing> outbox) {

    static final String COLLECTION = "api_keys";
}
