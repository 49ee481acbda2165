package dev.weft.identity;

import dev.weft.common.service.StartedService;
import dev.weft.common.service.StartedService.Answer;
import dev.weft.store.EmbeddedStore;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One replica of the real service on a free port, on a store in memory that several replicas may share. */
public final class IdentityServer implements AutoCloseable {

    public static final String SERVICE_SECRET = "secret-of-the-services";

    private final StartedService service;

    public IdentityServer(EmbeddedStore store, Map<String, String> settings) {
        var fixed = Stream.of(
                "--server.port=0",
                "--management.server.port=0",
                "--spring.mongodb.uri=" + store.connectionString(),
                "--weft.service-secret=" + SERVICE_SECRET,
                "--weft.master-key=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
        var given = settings.entrySet().stream().map(entry -> "--" + entry.getKey() + "=" + entry.getValue());
        service = new StartedService(
                IdentityApplication.builder().run(Stream.concat(fixed, given).toArray(String[]::new)));
    }

    public int port() {
        return service.port();
    }

    public <T> T bean(Class<T> type) {
        return service.bean(type);
    }

    public Answer call(String method, String path, @Nullable Object body, String... headers) {
        return service.call(method, path, body, headers);
    }

    /** The Authorization header of a token for the service {@code name}. */
    public String serviceBearer(String name) {
        var answer =
                call("POST", "/internal/service-tokens?service=" + name, null, "X-Weft-Service-Secret", SERVICE_SECRET);
        return "Bearer " + answer.json().path("token").stringValue();
    }

    @Override
    public void close() {
        service.close();
    }
}
