package dev.weft.identity.authentication;

/**
 * Failed authentications per e-mail and client address, counted for all replicas together. Ten a minute are answered as
 * what they are; after that nothing that could be guessed is looked at any more (api-v2 2).
 */
interface FailedAttempts {

    int LIMIT = 10;

    /** Wrong passwords a minute from one client address, whatever the e-mails. */
    int LIMIT_OF_ADDRESS = 100;

    FailedAttempt count(String user, String address);

    /** The attempt did not fail. */
    void takeBack(FailedAttempt attempt);
}
