package dev.weft.identity.authentication;

import java.time.Instant;
import java.util.List;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/** {@code {_id: sha-256 of user and address, failures: [the last ones], at: the last}}. */
@Document("failed_attempts")
record StoredAttempts(@Id String id, List<Instant> failures, Instant at) {}
