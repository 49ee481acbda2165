package dev.weft.identity;

import java.net.URI;

/** The real servers of a test run; a missing one fails the test instead of skipping it. */
public final class TestServers {

    private TestServers() {}

    public static String keycloakUrl() {
        return required("WEFT_KEYCLOAK_URL");
    }

    public static String rabbitmqUri() {
        return required("WEFT_RABBITMQ_URI");
    }

    /** The address whose {@code /auth} is Keycloak, since Keycloak names the address it was asked under as issuer. */
    public static String publicUrl() {
        return URI.create(keycloakUrl()).resolve("/").toString().replaceAll("/$", "");
    }

    private static String required(String name) {
        var value = System.getenv(name);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException(name + " must name a server; ./weft test starts one.");
        }
        return value;
    }
}
