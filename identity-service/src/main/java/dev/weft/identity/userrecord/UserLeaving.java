package dev.weft.identity.userrecord;

import java.time.Instant;

/**
 * A user has left a contract, and is deleted unless there is another one (api-v2 5.5).
 *
 * @param token distinguishes this note from any later one about the same user
 * @param by    who ended the membership; empty for the system
 */
public record UserLeaving(String userId, String token, String by, Instant since) {}
