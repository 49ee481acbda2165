package dev.weft.identity.authentication;

/**
 * An attempt that counts as failed until it is taken back.
 *
 * @param ofMinute how many there were in the last minute with this one, as far as {@link FailedAttempts#LIMIT_OF_ADDRESS} and one
 */
record FailedAttempt(String id, String user, String address, int ofMinute) {}
