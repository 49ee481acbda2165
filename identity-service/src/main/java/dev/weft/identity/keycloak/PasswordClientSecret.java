package dev.weft.identity.keycloak;

/** The secret of the Keycloak client that checks passwords. */
record PasswordClientSecret(String value) {

    @Override
    public String toString() {
        return "PasswordClientSecret[]";
    }
}
