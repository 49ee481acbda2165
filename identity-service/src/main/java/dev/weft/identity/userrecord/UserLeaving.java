package dev.weft.identity.userrecord;

import java.time.Instant;

/**
 * A user has left a contract and goes, unless there is another one (api-v2 5.5).
 *
 * @param token tells this note from a later one about the same user, also when it is about the same leaving
 * @param by    who ended the membership; empty for the system
 */
public record UserLeaving(String userId, String token, String by, Instant since) {}
