package dev.weft.registry;

import dev.weft.common.service.StartedService;
import dev.weft.store.EmbeddedStore;
import java.util.Objects;

/** One replica of the real service on a free port, on a store in memory and the broker of {@code WEFT_RABBITMQ_URI}. */
public final class RegistryServer {

    private RegistryServer() {}

    public static StartedService start(EmbeddedStore store, RegistryNeighbours neighbours) {
        var broker = Objects.requireNonNull(
                System.getenv("WEFT_RABBITMQ_URI"), "WEFT_RABBITMQ_URI must name a broker; ./weft test starts one");
        return new StartedService(RegistryApplication.builder()
                .run(
                        "--server.port=0",
                        "--management.server.port=0",
                        "--spring.mongodb.uri=" + store.connectionString(),
                        "--spring.rabbitmq.addresses=" + broker,
                        "--weft.services.identity=" + neighbours.url(),
                        "--weft.services.workspace=" + neighbours.url(),
                        "--weft.service-secret=secret-of-the-services",
                        "--weft.master-key=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="));
    }
}
