package dev.weft.identity.authentication;

/**
 * Failed authentications per e-mail and client address, counted for all replicas together. Ten a minute are answered as
 * what they are; after that nothing that could be guessed is looked at any more (api-v2 2).
 */
interface FailedAttempts {

    int LIMIT = 10;

    /** Wrong passwords a minute from one client address, whatever the e-mails. */
    int LIMIT_OF_ADDRESS = 100;

    /**
     * An attempt that counts as failed until it is taken back.
     *
     * @param ofMinute how many there were in the last minute with this one, as far as {@link #LIMIT_OF_ADDRESS} and one
     */
    record Attempt(String id, String user, String address, int ofMinute) {}

    Attempt count(String user, String address);

    /** The attempt did not fail. */
    void takeBack(Attempt attempt);
}
