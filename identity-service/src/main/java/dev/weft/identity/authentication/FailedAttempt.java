package dev.weft.identity.authentication;

/**
 * An attempt that counts as failed until it is taken back.
 *
 * @param ofMinute how many attempts there were in the last minute, this one included; counted up to one above
 *                 {@link FailedAttempts#LIMIT_OF_ADDRESS}
 */
record FailedAttempt(String id, String user, String address, int ofMinute) {}
