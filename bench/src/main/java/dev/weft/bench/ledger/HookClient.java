package dev.weft.bench.ledger;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.IntFunction;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Makes numbered calls of a webhook, and books how each attempt was answered. */
final class HookClient implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI hook;
    private final IntFunction<Object> bodies;
    private final CallBook book;

    HookClient(URI hook, IntFunction<Object> bodies, CallBook book) {
        this.hook = hook;
        this.bodies = bodies;
        this.book = book;
    }

    /** Whether it was answered 200. */
    boolean call(int number) throws InterruptedException {
        // It is counted before it is sent: a call that is answered by nothing may have brought something about.
        book.made(number, 1);
        var begun = System.nanoTime();
        var request = HttpRequest.newBuilder(hook)
                .timeout(ANSWER)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(bodies.apply(number))))
                .build();
        try {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            book.answered(Integer.toString(answer.statusCode()));
            if (answer.statusCode() != 200) {
                return false;
            }
            book.acknowledged(number, begun, execution(answer.body()));
            return true;
        } catch (IOException e) {
            // Nobody listens, or died while answering: as good as refused.
            book.answered("none");
            return false;
        }
    }

    private static String execution(String answer) {
        try {
            return JSON.readTree(answer).path("requestId").asString("");
        } catch (JacksonException e) {
            // A flow that answers for itself says what it likes.
            return "";
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
