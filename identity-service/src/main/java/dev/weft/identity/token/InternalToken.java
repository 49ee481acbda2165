package dev.weft.identity.token;

import java.time.Instant;

/** A signed internal token, and when it expires. */
public record InternalToken(String token, Instant expiresAt) {}
