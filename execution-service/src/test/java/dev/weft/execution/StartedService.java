package dev.weft.execution;

import dev.weft.store.EmbeddedStore;
import java.util.Base64;
import java.util.stream.Stream;
import org.springframework.context.ConfigurableApplicationContext;

/** The service as it is, on free ports, over a test's store and the broker; its flows may call this machine. */
public final class StartedService {

    private StartedService() {}

    public static ConfigurableApplicationContext over(EmbeddedStore store, String... settings) {
        var all = Stream.concat(
                Stream.of(
                        "--server.port=0",
                        "--management.server.port=0",
                        "--spring.mongodb.uri=" + store.connectionString(),
                        "--weft.master-key=" + Base64.getEncoder().encodeToString(new byte[32]),
                        "--weft.service-secret=a service secret",
                        "--weft.message-password=a message password",
                        "--weft.message-iv=sixteen letters.",
                        "--weft.egress.allow=127.0.0.0/8,::1/128"),
                Stream.of(settings));
        return ExecutionApplication.builder().run(all.toArray(String[]::new));
    }
}
