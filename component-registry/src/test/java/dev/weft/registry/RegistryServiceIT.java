package dev.weft.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.store.EmbeddedStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.context.WebServerApplicationContext;

class RegistryServiceIT {

    @Test
    void startsAndLetsNobodyInWithoutAToken() throws Exception {
        var broker = Objects.requireNonNull(
                System.getenv("WEFT_RABBITMQ_URI"), "WEFT_RABBITMQ_URI must name a broker; ./weft test starts one");
        try (var store = EmbeddedStore.inMemory();
                var http = HttpClient.newHttpClient();
                var context = RegistryApplication.builder()
                        .run(
                                "--server.port=0",
                                "--management.server.port=0",
                                "--spring.mongodb.uri=" + store.connectionString(),
                                "--spring.rabbitmq.addresses=" + broker,
                                "--weft.master-key=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")) {
            var port = ((WebServerApplicationContext) context).getWebServer().getPort();

            for (var path : new String[] {"/v2/components", "/internal/components/resolve?command=x&workspace=y"}) {
                var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .build();
                assertThat(http.send(request, HttpResponse.BodyHandlers.discarding())
                                .statusCode())
                        .isEqualTo(401);
            }
        }
    }
}
