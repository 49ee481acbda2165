package dev.weft.gateway.authentication;

/** Asks identity-service whose credentials these are. */
interface Authentications {

    /** Refuses with 401 who is nobody, and with 429 who was wrong too often. */
    Authentication ask(AuthenticationQuestion question);
}
