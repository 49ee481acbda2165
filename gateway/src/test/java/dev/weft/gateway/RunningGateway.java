package dev.weft.gateway;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** The gateway on a free port, before played services and a real broker. */
public final class RunningGateway implements AutoCloseable {

    public static final String PASSWORD = "testCryptoPassword";
    public static final String IV = "iv=any16_symbols";

    private final PlayedServices services;
    private final HeldClock clock = new HeldClock();
    private final ConfigurableApplicationContext context;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public RunningGateway(PlayedServices services, String broker) {
        this(services, broker, Map.of());
    }

    /**
     * @param broker an AMQP URI
     * @param other  settings instead of the usual ones
     */
    public RunningGateway(PlayedServices services, String broker, Map<String, Object> other) {
        this.services = services;
        var settings = new HashMap<String, Object>(Map.ofEntries(
                Map.entry("server.port", "0"),
                Map.entry("management.server.port", "0"),
                Map.entry("weft.services.identity", services.url()),
                Map.entry("weft.services.workspace", services.url()),
                Map.entry("weft.services.registry", services.url()),
                Map.entry("weft.services.flow", services.url()),
                Map.entry("weft.services.execution", services.url()),
                Map.entry("weft.gateway.keycloak-url", services.url() + "/keycloak"),
                Map.entry("weft.service-secret", "secret"),
                Map.entry("spring.rabbitmq.addresses", broker),
                Map.entry("weft.gateway.message-password", PASSWORD),
                Map.entry("weft.gateway.message-iv", IV)));
        settings.putAll(other);
        var arguments = new ArrayList<String>();
        settings.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        this.context = GatewayApplication.builder()
                .initializers(context -> ((GenericApplicationContext) context).registerBean(Clock.class, () -> clock))
                .run(arguments.toArray(String[]::new));
    }

    /** From the environment; a test that needs a broker fails without one. */
    public static String broker() {
        return requireNonNull(System.getenv("WEFT_RABBITMQ_URI"), "WEFT_RABBITMQ_URI must name a RabbitMQ server.");
    }

    public HeldClock clock() {
        return clock;
    }

    public PlayedServices services() {
        return services;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public int port() {
        return requireNonNull(((WebServerApplicationContext) context).getWebServer())
                .getPort();
    }

    public int managementPort() {
        return Integer.parseInt(requireNonNull(context.getEnvironment().getProperty("local.management.port")));
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    public CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest.Builder request) {
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** What Prometheus reads. */
    public String metrics() throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort() + "/actuator/prometheus")))
                .body();
    }

    public static String basic(String user, String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        context.close();
        client.close();
        services.close();
    }
}
