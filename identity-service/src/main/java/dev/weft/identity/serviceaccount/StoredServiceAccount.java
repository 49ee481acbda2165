package dev.weft.identity.serviceaccount;

import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.mapping.Field;

/** {@code {_id, login, hash: SHA-256 in hex, created_at}}. */
@Document("service_accounts")
record StoredServiceAccount(
        @Id String id,
        String login,
        String hash,
        @Field("created_at") Instant createdAt) {}
