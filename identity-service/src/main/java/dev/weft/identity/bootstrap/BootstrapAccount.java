package dev.weft.identity.bootstrap;

/** The service account of an installation. */
record BootstrapAccount(String login, String password) {

    @Override
    public String toString() {
        return "BootstrapAccount[" + login + "]";
    }
}
