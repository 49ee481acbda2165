package dev.weft.identity.serviceaccount;

import java.util.Optional;

/** Stores the service accounts of the installation. Their passwords are random, so SHA-256 suffices. */
public interface ServiceAccountRepository {

    /** The account of that login and password. */
    Optional<ServiceAccount> authenticate(String login, String password);

    /** Makes the account unless there is one of that login. */
    void addFirst(String login, String password);
}
