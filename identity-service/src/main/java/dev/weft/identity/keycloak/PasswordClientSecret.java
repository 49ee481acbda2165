package dev.weft.identity.keycloak;

/** The secret of the client with which passwords are checked. */
record PasswordClientSecret(String value) {

    @Override
    public String toString() {
        return "PasswordClientSecret[]";
    }
}
