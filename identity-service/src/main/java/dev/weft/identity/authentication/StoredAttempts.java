package dev.weft.identity.authentication;

import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/** {@code {_id: "<sha-256 of user and address>:<minute>", count, at}}; {@code at} is when the minute began. */
@Document("failed_attempts")
record StoredAttempts(@Id String id, int count, Instant at) {}
