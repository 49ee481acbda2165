package dev.weft.bench.faults;

import dev.weft.bench.launch.LaunchedWeft;
import java.io.IOException;

/** What is killed with {@code kill -9}. */
enum FaultKind {
    STANDALONE,
    BROKER,
    STORE,
    KEYCLOAK,
    SANDBOX;

    /** Returns when it is dead; false: there was nothing to kill, as a sandbox worker is started when it is needed. */
    boolean strike(LaunchedWeft weft) throws IOException {
        switch (this) {
            case STANDALONE -> weft.kill("standalone");
            case BROKER -> weft.kill("rabbitmq");
            case STORE -> weft.kill("store");
            case KEYCLOAK -> weft.kill("keycloak");
            case SANDBOX -> {
                return weft.killChildren("standalone") > 0;
            }
        }
        return true;
    }

    /** Starts it again, and returns when the launcher finds all parts ready; nobody starts a sandbox worker but its service. */
    void mend(LaunchedWeft weft) throws IOException, InterruptedException {
        if (this != SANDBOX) {
            weft.run("up");
        }
    }
}
