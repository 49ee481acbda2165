package dev.weft.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher promises of the Keycloak it starts: a kill loses no user whose creation was acknowledged. */
class KeycloakCrashIT {

    private static final int WRITERS = 8;

    @TempDir
    Path home;

    private LaunchedKeycloak keycloak;

    @BeforeEach
    void start() {
        keycloak = new LaunchedKeycloak(home);
        keycloak.start();
        keycloak.createRealm();
    }

    @AfterEach
    void stop() {
        keycloak.stop();
    }

    @Test
    void aKillLosesNoAcknowledgedUser() {
        var acknowledged = createUsersUntilKilled();

        keycloak.start();

        assertThat(acknowledged).hasSizeGreaterThan(100);
        assertThat(keycloak.userNames()).containsAll(acknowledged);
    }

    private Set<String> createUsersUntilKilled() {
        var acknowledged = ConcurrentHashMap.<String>newKeySet();
        var killed = new AtomicBoolean();
        try (var writers = Executors.newFixedThreadPool(WRITERS)) {
            for (var writer = 0; writer < WRITERS; writer++) {
                var prefix = "w" + writer + "-";
                writers.execute(() -> {
                    for (var number = 0; !killed.get(); number++) {
                        if (keycloak.createUser(prefix + number)) acknowledged.add(prefix + number);
                    }
                });
            }
            await().atMost(Duration.ofMinutes(3)).until(() -> acknowledged.size() > 100);
            keycloak.kill();
            killed.set(true);
        }
        return acknowledged;
    }
}
