package dev.weft.identity.authentication;

/**
 * Failed authentications per e-mail and client address, counted for all replicas together. The first ten in a minute
 * are answered normally; after that passwords are not checked at all (api-v2 2).
 */
interface FailedAttempts {

    int LIMIT = 10;

    /** Wrong passwords a minute from one client address, whatever the e-mails. */
    int LIMIT_OF_ADDRESS = 100;

    FailedAttempt count(String user, String address);

    /** The attempt did not fail. */
    void takeBack(FailedAttempt attempt);
}
