package dev.weft.workspace;

import dev.weft.common.service.StartedService;
import dev.weft.store.EmbeddedStore;
import java.nio.file.Path;
import java.util.Objects;

/** One replica of the real service on a free port, on a store in memory and the broker of {@code WEFT_RABBITMQ_URI}. */
final class WorkspaceServer {

    private WorkspaceServer() {}

    static StartedService start(EmbeddedStore store, Neighbours neighbours, Path mails) {
        var broker = Objects.requireNonNull(
                System.getenv("WEFT_RABBITMQ_URI"), "WEFT_RABBITMQ_URI must name a broker; ./weft test starts one");
        return new StartedService(WorkspaceApplication.builder()
                .run(
                        "--server.port=0",
                        "--management.server.port=0",
                        "--spring.mongodb.uri=" + store.connectionString(),
                        "--spring.rabbitmq.addresses=" + broker,
                        "--weft.services.identity=" + neighbours.url(),
                        "--weft.services.registry=" + neighbours.url(),
                        "--weft.services.flow=" + neighbours.url(),
                        "--weft.mail.directory=" + mails,
                        "--weft.public-url=https://weft.example",
                        "--weft.service-secret=secret-of-the-services",
                        "--weft.master-key=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="));
    }
}
