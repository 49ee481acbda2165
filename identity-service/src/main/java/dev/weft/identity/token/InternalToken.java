package dev.weft.identity.token;

import java.time.Instant;

/** A signed internal token and its end. */
public record InternalToken(String token, Instant expiresAt) {}
