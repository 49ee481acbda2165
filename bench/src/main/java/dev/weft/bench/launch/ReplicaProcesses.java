package dev.weft.bench.launch;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The processes of all replicas, against the servers of one {@link LaunchedWeft}; they end with this program. */
public final class ReplicaProcesses implements AutoCloseable {

    private static final List<String> JAVA = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, Process> processes = new ConcurrentHashMap<>();
    private final List<PortBalancer> balancers = new ArrayList<>();
    private final BuiltTree tree;
    private final Path home;
    private final int base;
    private final Map<String, String> settings;
    private boolean closed;

    public ReplicaProcesses(BuiltTree tree, LaunchedWeft servers, int base) throws IOException {
        this.tree = tree;
        this.home = servers.home();
        this.base = base;
        this.settings = settings(servers);
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    private Map<String, String> settings(LaunchedWeft servers) throws IOException {
        var settings = new LinkedHashMap<String, String>();
        for (var file : List.of("secrets.env", "servers.env")) {
            var properties = new Properties();
            try (var reader = Files.newBufferedReader(home.resolve(file))) {
                properties.load(reader);
            }
            properties.forEach((name, value) -> settings.put(name.toString(), value.toString()));
        }
        for (var service : SuiteService.called()) {
            var balancer = new PortBalancer(List.of(service.port(base, 1), service.port(base, 2)));
            balancers.add(balancer);
            settings.put(service.urlVariable(), balancer.url());
        }
        settings.put("WEFT_PUBLIC_URL", gateway(1).toString());
        settings.put("WEFT_BOOTSTRAP_FILE", servers.credentials().toString());
        settings.put("WEFT_HOME", home.toString());
        settings.put("WEFT_RATE_API_PER_MINUTE", "0");
        settings.put("WEFT_EGRESS_ALLOW", "127.0.0.0/8");
        return settings;
    }

    public URI gateway(int replica) {
        return URI.create("http://127.0.0.1:" + SuiteService.GATEWAY.port(base, replica));
    }

    /** What the services are told in the environment. */
    public String setting(String name) {
        return Objects.requireNonNull(settings.get(name), name);
    }

    /** The sum of all series of a meter. */
    public double meter(SuiteService service, int replica, String meter) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(
                        "http://127.0.0.1:" + service.managementPort(base, replica) + "/actuator/prometheus"))
                .timeout(Duration.ofSeconds(10))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofLines())
                .body()
                // The names of other meters may begin with this one's.
                .filter(line -> line.startsWith(meter + "{") || line.startsWith(meter + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    public synchronized void start(SuiteService service, int replica) throws IOException {
        if (closed) {
            throw new IOException("This program ends; nothing is started any more.");
        }
        var layout = layout(service);
        var command = new ArrayList<>(JAVA);
        // Classes of the first that ends in order are mapped by all later ones: half of a start.
        command.addAll(List.of(
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + layout.resolve("classes.jsa"),
                "-Xlog:cds=off",
                "-Xlog:cds+dynamic=off",
                "-jar",
                layout.resolve("service.jar").toString()));
        var log = home.resolve("logs").resolve(service.label(replica) + ".log");
        var builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(Redirect.appendTo(log.toFile()));
        // The settings of whoever runs this program are for another installation.
        builder.environment().keySet().removeIf(name -> name.startsWith("WEFT_"));
        builder.environment().putAll(settings);
        builder.environment().putAll(service.ports(base, replica));
        processes.put(service.label(replica), builder.start());
    }

    /** The jar unpacked, once: it starts faster than the fat one. */
    private Path layout(SuiteService service) throws IOException {
        var layout = tree.root().resolve("layouts").resolve(service.module());
        if (Files.exists(layout)) {
            return layout;
        }
        var jar = tree.jar(service.module());
        var command = List.of(
                JAVA.getFirst(),
                "-Djarmode=tools",
                "-jar",
                jar.toString(),
                "extract",
                "--destination",
                layout + ".new");
        var log = home.resolve("logs").resolve("layouts.log").toFile();
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log))
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException(jar + " could not be unpacked; " + log + " says why");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        var fresh = Path.of(layout + ".new");
        Files.move(fresh.resolve(jar.getFileName()), fresh.resolve("service.jar"));
        // It gets its name when it is whole: one that was interrupted is not taken for unpacked.
        Files.move(fresh, layout);
        return layout;
    }

    public void kill(SuiteService service, int replica) {
        LaunchedWeft.end(process(service, replica).toHandle());
    }

    /** SIGTERM; false when it had not ended after that time, and was killed. */
    public boolean stop(SuiteService service, int replica, Duration patience) throws InterruptedException {
        var process = process(service, replica);
        process.destroy();
        var ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        return ended;
    }

    /** {@code kill -9} of the processes that a service started itself; how many there were. */
    public int killChildren(SuiteService service, int replica) {
        var children = process(service, replica).descendants().toList();
        children.forEach(LaunchedWeft::end);
        return children.size();
    }

    private Process process(SuiteService service, int replica) {
        var process = processes.get(service.label(replica));
        if (process == null) {
            throw new IllegalStateException(service.label(replica) + " was never started");
        }
        return process;
    }

    public boolean isRunning(SuiteService service, int replica) {
        return process(service, replica).isAlive();
    }

    /** Until its readiness says so. */
    public void awaitReady(SuiteService service, int replica, Duration patience)
            throws IOException, InterruptedException {
        var health = HttpRequest.newBuilder(URI.create(
                        "http://127.0.0.1:" + service.managementPort(base, replica) + "/actuator/health/readiness"))
                .timeout(Duration.ofSeconds(5))
                .build();
        for (var end = System.nanoTime() + patience.toNanos(); !answers(health); Thread.sleep(200)) {
            var process = process(service, replica);
            if (!process.isAlive()) {
                throw new IOException(
                        service.label(replica) + " ended with " + process.exitValue() + " before it was ready");
            }
            if (System.nanoTime() > end) {
                throw new IOException(service.label(replica) + " was not ready within " + patience);
            }
        }
    }

    private boolean answers(HttpRequest health) throws InterruptedException {
        try {
            return http.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            // Not there yet.
            return false;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        processes.values().forEach(Process::destroyForcibly);
    }
}
