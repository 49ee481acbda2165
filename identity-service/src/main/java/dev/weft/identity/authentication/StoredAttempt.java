package dev.weft.identity.authentication;

import java.time.Instant;

/** Two attempts of one millisecond differ in their key, so that the right one is taken back. */
record StoredAttempt(String key, Instant at) {}
