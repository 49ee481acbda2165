package dev.weft.bench.launch;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the services of an installation say of themselves at their management ports. */
public final class ServiceHealth implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HttpClient http = HttpClient.newHttpClient();
    private final int base;

    /** @param base the port of the gateway, from which all others follow */
    public ServiceHealth(int base) {
        this.base = base;
    }

    /**
     * One service's word.
     *
     * @param said UP, DOWN, .., or why there was no answer
     * @param reasons of its parts that are not up, each with what it gives as its details
     */
    public record Word(String service, String said, List<String> reasons) {

        public boolean isUp() {
            return said.equals("UP");
        }

        @Override
        public String toString() {
            return service + " " + said + (reasons.isEmpty() ? "" : " " + reasons);
        }
    }

    /** Those that are not up; all are asked at once, since one that hangs must not hide the others. */
    public List<Word> ailing() {
        var asked = Arrays.stream(SuiteService.values()).map(this::ask).toList();
        return asked.stream()
                .map(CompletableFuture::join)
                .filter(word -> !word.isUp())
                .toList();
    }

    private CompletableFuture<Word> ask(SuiteService service) {
        var name = service.name().toLowerCase(Locale.ROOT);
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + service.managementPort(base, 1) + "/actuator/health"))
                .timeout(PATIENCE)
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .thenApply(answer -> word(name, answer))
                .exceptionally(failure -> new Word(name, "no answer: " + failure.getMessage(), List.of()));
    }

    private static Word word(String service, HttpResponse<String> answer) {
        var health = JSON.readTree(answer.body());
        // A service that is down answers 503 with its health in the body; only where that is none does the status stand
        // for it.
        return new Word(
                service, health.path("status").asString(Integer.toString(answer.statusCode())), reasons(health));
    }

    private static List<String> reasons(JsonNode health) {
        var reasons = new ArrayList<String>();
        for (var part : health.path("components").properties()) {
            var details = part.getValue().path("details");
            if (!part.getValue().path("status").asString("").equals("UP") && !details.isEmpty()) {
                reasons.add(part.getKey() + " " + details);
            }
        }
        return reasons;
    }

    @Override
    public void close() {
        http.close();
    }
}
