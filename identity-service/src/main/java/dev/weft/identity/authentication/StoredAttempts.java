package dev.weft.identity.authentication;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/** {@code {_id: sha-256 of user and address, attempts: [{key, at}, the last ones], at: the last}}. */
@Document("failed_attempts")
record StoredAttempts(@Id String id, @Nullable List<StoredAttempt> attempts, Instant at) {}
