package dev.weft.bench.launch;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The processes of all replicas, against the servers of one {@link LaunchedWeft}; they end with this program. */
public final class ReplicaProcesses implements AutoCloseable {

    private final ManagementProbe probe = new ManagementProbe();
    private final Map<String, Process> processes = new ConcurrentHashMap<>();
    private final JarLayouts layouts;
    private final Path home;
    private final int base;
    private final Map<String, String> settings;
    private boolean closed;

    public ReplicaProcesses(BuiltTree tree, LaunchedWeft servers, int base) throws IOException {
        this.home = servers.home();
        this.base = base;
        this.layouts = new JarLayouts(tree, home.resolve("logs").resolve("layouts.log"));
        this.settings = new ReplicaSettings(servers, base).all();
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
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
        return probe.meter(service.managementPort(base, replica), meter);
    }

    public synchronized void start(SuiteService service, int replica) throws IOException {
        if (closed) {
            throw new IOException("This program ends; nothing is started any more.");
        }
        var layout = layouts.of(service);
        var command = new ArrayList<>(JarLayouts.JAVA);
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

    /** One of each service; returns at once. */
    public void startAll(int replica) throws IOException {
        for (var service : SuiteService.values()) {
            start(service, replica);
        }
    }

    public void kill(SuiteService service, int replica) {
        ProcessDeath.kill(process(service, replica).toHandle());
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
        children.forEach(ProcessDeath::kill);
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
        var port = service.managementPort(base, replica);
        for (var end = System.nanoTime() + patience.toNanos(); !probe.isReady(port); Thread.sleep(200)) {
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

    @Override
    public synchronized void close() {
        closed = true;
        processes.values().forEach(Process::destroyForcibly);
    }
}
