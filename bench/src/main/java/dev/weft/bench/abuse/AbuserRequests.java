package dev.weft.bench.abuse;

import dev.weft.bench.measure.WeftApi;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Requests of an abuser, which does not wait for their answers; those are counted. */
final class AbuserRequests implements AutoCloseable {

    private static final Duration ANSWER = Duration.ofSeconds(60);

    /** Not that of the others' clients: much is counted by address. */
    private final HttpClient http = HttpClient.newBuilder()
            .localAddress(InetAddress.ofLiteral("127.0.0.2"))
            .build();

    private final WeftApi api;
    private final AnswerCounts answers;

    AbuserRequests(WeftApi api, AnswerCounts answers) {
        this.api = api;
        this.answers = answers;
    }

    void send(String path, String type, byte[] body) {
        var _ = ask(HttpRequest.newBuilder(api.base().resolve(path))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    CompletableFuture<Void> get(String path) {
        return ask(HttpRequest.newBuilder(api.base().resolve(path))
                .header("Authorization", api.authorization())
                .GET());
    }

    private CompletableFuture<Void> ask(HttpRequest.Builder request) {
        return http.sendAsync(request.timeout(ANSWER).build(), HttpResponse.BodyHandlers.discarding())
                .handle((answer, failure) -> {
                    answers.count(failure == null ? Integer.toString(answer.statusCode()) : "no answer", 1);
                    return null;
                });
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
