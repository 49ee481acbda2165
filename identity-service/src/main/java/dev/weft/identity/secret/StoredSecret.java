package dev.weft.identity.secret;

import java.time.Instant;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.mapping.Field;
import org.springframework.data.mongodb.core.mapping.MongoId;

/** {@code {_id: name, locked: ciphertext, created_at}}. */
@Document("secrets")
record StoredSecret(
        @MongoId String name,
        String locked,
        @Field("created_at") Instant createdAt) {}
