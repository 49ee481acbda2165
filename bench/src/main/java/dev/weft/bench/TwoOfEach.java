package dev.weft.bench;

import dev.weft.bench.launch.BuiltTree;
import dev.weft.bench.launch.LaunchedWeft;
import dev.weft.bench.launch.OwnPlace;
import dev.weft.bench.launch.ReplicaProcesses;
import dev.weft.bench.launch.SuiteService;
import dev.weft.bench.measure.Arguments;
import dev.weft.bench.measure.WeftApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Starts two of each service by {@code java -jar} at once, on an empty store, broker and Keycloak, uses them through both
 * gateways, kills one of each, uses the rest, starts the dead again, uses all, and starts each with none of the others
 * there. What fails ends it with exit code 1. {@code --port=21080 --root=.}
 */
final class TwoOfEach {

    private static final Duration START = Duration.ofMinutes(4);

    private final ReplicaProcesses replicas;
    private final WeftApi first;
    private final WeftApi second;

    private TwoOfEach(ReplicaProcesses replicas, Path credentials) {
        this.replicas = replicas;
        this.first = new WeftApi(credentials, replicas.gateway(1));
        this.second = new WeftApi(credentials, replicas.gateway(2));
    }

    public static void main(String[] arguments) throws Exception {
        var options = new Arguments(arguments);
        var base = options.number("port", 21080);
        var place = Files.createTempDirectory("weft-replicas");
        var modules = Stream.concat(
                Stream.of("embedded-store"),
                Arrays.stream(SuiteService.values()).map(SuiteService::module));
        var tree = new BuiltTree(Path.of(options.text("root", "."))).copyTo(place.resolve("tree"), modules.toList());
        var servers = new LaunchedWeft(tree, place.resolve("home"), Map.of("WEFT_PORT", Integer.toString(base)));
        servers.downAtExit();
        servers.run("servers");
        try (var replicas = new ReplicaProcesses(tree, servers, base)) {
            new TwoOfEach(replicas, servers.credentials()).run();
        }
        servers.run("down");
        OwnPlace.delete(place);
    }

    private void run() throws IOException, InterruptedException {
        stage("two of each are ready, started at once on nothing", this::startAll);
        stage(
                "one tenant's first user, contract and workspace were made",
                () -> ReplicaJourney.requireOneOfEach(first, second));
        var flow = stageOf(
                "a flow was made, started and called at the first gateway, seen at the second",
                () -> ReplicaJourney.run(first, second));
        stage("and the other way round", () -> ReplicaJourney.run(second, first));
        stage("one of each was killed", this::killOneOfEach);
        stage("the rest makes, starts and runs a flow", () -> ReplicaJourney.run(second, second));
        stage("and runs what was started before", () -> ReplicaJourney.call(second, second, flow));
        stage("the dead are back", this::startTheDead);
        stage("all together again", () -> ReplicaJourney.run(first, second));
        stage("each is ready with none of the others there", this::startEachAlone);
    }

    private void startAll() throws IOException, InterruptedException {
        for (var service : SuiteService.values()) {
            replicas.start(service, 1);
            replicas.start(service, 2);
        }
        for (var service : SuiteService.values()) {
            replicas.awaitReady(service, 1, START);
            replicas.awaitReady(service, 2, START);
        }
    }

    private void killOneOfEach() {
        for (var service : SuiteService.values()) {
            replicas.kill(service, service.victim());
        }
    }

    private void startTheDead() throws IOException, InterruptedException {
        for (var service : SuiteService.values()) {
            replicas.start(service, service.victim());
        }
        for (var service : SuiteService.values()) {
            replicas.awaitReady(service, service.victim(), START);
        }
    }

    private void startEachAlone() throws IOException, InterruptedException {
        for (var service : SuiteService.values()) {
            replicas.kill(service, 1);
            replicas.kill(service, 2);
        }
        for (var service : SuiteService.values()) {
            replicas.start(service, 1);
            replicas.awaitReady(service, 1, START);
            replicas.kill(service, 1);
        }
    }

    /** Something to do. */
    private interface Stage {
        void run() throws IOException, InterruptedException;
    }

    private static void stage(String done, Stage stage) throws IOException, InterruptedException {
        var _ = stageOf(done, () -> {
            stage.run();
            return "";
        });
    }

    private static String stageOf(String done, ReplicaUse<String> stage) throws IOException, InterruptedException {
        var begun = System.nanoTime();
        var result = stage.apply();
        System.out.printf(Locale.ROOT, "%6.1f s  %s%n", (System.nanoTime() - begun) / 1e9, done);
        return result;
    }
}
