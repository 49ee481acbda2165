package dev.weft.identity.authentication;

import java.time.Instant;

/** One attempt; {@code key} tells two attempts of the same millisecond apart, so that the right one is taken back. */
record StoredAttempt(String key, Instant at) {}
