package dev.weft.identity.keycloak;

import dev.weft.common.duty.RareLines;
import dev.weft.common.problem.ProblemException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import tools.jackson.databind.JsonNode;

/**
 * Sets the realm up at each start, and retries until Keycloak is there. Every part is created if it is missing, and
 * kept or renewed if it exists: so several replicas may do it at once, and a crash in between is repaired.
 */
class RealmSetup implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(RealmSetup.class);
    private static final String PATH = "/" + Realm.NAME;
    private static final Duration STOP = Duration.ofSeconds(10);

    private final KeycloakAdmin admin;
    private final PasswordClientSecret secret;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final RareLines lines = new RareLines(log);
    private volatile @Nullable Thread worker;

    RealmSetup(KeycloakAdmin admin, PasswordClientSecret secret) {
        this.admin = admin;
        this.secret = secret;
    }

    void ensure() {
        // create returns false when another replica was faster; that realm then gets the settings like one of an older
        // release.
        if (admin.find(PATH).isPresent() || !admin.create("", Realm.settings())) {
            admin.put(PATH, Realm.rules());
        }
        admin.put(PATH + "/users/profile", Realm.userProfile());
        ensureClient(RealmClients.login());
        ensureClient(RealmClients.password(secret.value()));
        Realm.UNUSED_CLIENTS.forEach(this::switchOff);
    }

    private void switchOff(String client) {
        find(client)
                .ifPresent(there -> admin.put(
                        PATH + "/clients/" + KeycloakHttp.text(there, "id"),
                        Map.of("clientId", client, "enabled", false, "directAccessGrantsEnabled", false)));
    }

    private void ensureClient(Map<String, Object> client) {
        var id = String.valueOf(client.get("clientId"));
        if (find(id).isEmpty() && admin.create(PATH + "/clients", client)) {
            return;
        }
        find(id).ifPresent(there -> {
            var renewed = new LinkedHashMap<>(client);
            // Mappers have an endpoint of their own, and this call would not change them.
            renewed.remove("protocolMappers");
            admin.put(PATH + "/clients/" + KeycloakHttp.text(there, "id"), renewed);
        });
    }

    private Optional<JsonNode> find(String client) {
        return admin.find(PATH + "/clients?clientId=" + client)
                .filter(list -> !list.isEmpty())
                .map(list -> list.path(0));
    }

    @Override
    public void start() {
        worker = Thread.ofVirtual().name("realm-setup").start(this::work);
    }

    private void work() {
        try {
            do {
                if (isEnsured()) {
                    log.info("The realm {} of Keycloak is ready", Realm.NAME);
                    return;
                }
            } while (!stopping.await(1, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isEnsured() {
        try {
            ensure();
            return true;
        } catch (ProblemException e) {
            log.debug("The realm waits for Keycloak: {}", e.getMessage());
            return false;
        } catch (RuntimeException | Error e) {
            // An unforeseen answer, for example: without this thread nobody could log in until the next start.
            lines.warn("The realm can not be set up yet", Realm.NAME, e);
            return false;
        }
    }

    /** What is stopped changes the realm no more, so a set-up under way is waited for. */
    @Override
    public void stop() {
        stopping.countDown();
        var working = worker;
        try {
            if (working != null && !working.join(STOP)) {
                log.warn("The set-up of the realm did not end within {}", STOP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return worker != null && stopping.getCount() > 0;
    }
}
