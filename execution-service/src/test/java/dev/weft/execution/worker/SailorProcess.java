package dev.weft.execution.worker;

import com.sun.net.httpserver.HttpServer;
import dev.weft.common.flowmessage.FlowNames;
import dev.weft.execution.hop.TestTools;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.plan.PlannedStep.PlannedWork.Sailor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The probe component of {@code src/test/sailor}, run by the real Node sailor for one step of a run. */
final class SailorProcess implements AutoCloseable {

    private static final Path HOME = Path.of("target", "sailor");
    private static final int INSTALL_SECONDS = 180;

    private final HttpServer platform;
    private final Process process;

    private SailorProcess(HttpServer platform, Process process) {
        this.platform = platform;
        this.process = process;
    }

    /** @param settings further variables, without their prefix */
    static SailorProcess start(EngineFixture engine, Plan plan, String step, Map<String, String> settings)
            throws IOException, InterruptedException {
        install();
        var platform = platform(step);
        var builder = new ProcessBuilder("node", "node_modules/elasticio-sailor-nodejs/run.js")
                .directory(HOME.toFile())
                .redirectErrorStream(true)
                .redirectOutput(HOME.resolve(step + ".log").toFile());
        var sailor = (Sailor) plan.step(step).work();
        var flow = plan.flow().id();
        var all = builder.environment();
        all.put("LOG_LEVEL", "warn");
        var variables = Map.ofEntries(
                Map.entry("FLOW_ID", flow),
                Map.entry("STEP_ID", step),
                Map.entry("EXEC_ID", plan.runId()),
                Map.entry("CONTAINER_ID", "c1"),
                Map.entry("WORKSPACE_ID", plan.flow().workspaceId()),
                Map.entry("USER_ID", plan.flow().userId()),
                Map.entry("COMP_ID", "c0"),
                Map.entry("FUNCTION", "act"),
                Map.entry("API_URI", "http://127.0.0.1:" + platform.getAddress().getPort()),
                Map.entry("API_USERNAME", "task"),
                Map.entry("API_KEY", "key"),
                Map.entry("AMQP_URI", EngineFixture.brokerUri() + "?frameMax=131072"),
                Map.entry("LISTEN_MESSAGES_ON", sailor.queue()),
                Map.entry("PUBLISH_MESSAGES_TO", plan.exchange()),
                Map.entry("DATA_ROUTING_KEY", FlowNames.key(flow, step, plan.runId(), "message")),
                Map.entry("ERROR_ROUTING_KEY", FlowNames.key(flow, step, plan.runId(), "error")),
                Map.entry("REBOUND_ROUTING_KEY", FlowNames.key(flow, step, plan.runId(), "rebound")),
                Map.entry("SNAPSHOT_ROUTING_KEY", FlowNames.key(flow, step, plan.runId(), "snapshot")),
                Map.entry("MESSAGE_CRYPTO_PASSWORD", TestTools.PASSWORD),
                Map.entry("MESSAGE_CRYPTO_IV", TestTools.IV),
                Map.entry("RABBITMQ_PREFETCH_SAILOR", "1"));
        variables.forEach((name, value) -> all.put("ELASTICIO_" + name, value));
        settings.forEach((name, value) -> all.put("ELASTICIO_" + name, value));
        return new SailorProcess(platform, builder.start());
    }

    /** Once for all tests, by the lock file. */
    private static synchronized void install() throws IOException, InterruptedException {
        Files.createDirectories(HOME);
        var source = Path.of("src", "test", "sailor");
        for (var file : new String[] {"package.json", "package-lock.json", "component.json", "act.js"}) {
            Files.copy(source.resolve(file), HOME.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        // Written at the end of an installation.
        if (Files.exists(HOME.resolve("node_modules/.package-lock.json"))) {
            return;
        }
        var npm = new ProcessBuilder("npm", "ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund")
                .directory(HOME.toFile())
                .redirectErrorStream(true)
                .redirectOutput(HOME.resolve("npm.log").toFile())
                .start();
        if (!npm.waitFor(INSTALL_SECONDS, TimeUnit.SECONDS) || npm.exitValue() != 0) {
            npm.destroyForcibly();
            throw new IllegalStateException("npm ci failed: " + Files.readString(HOME.resolve("npm.log")));
        }
    }

    /** Answers the sailor's question for its step's data (sailor-runtime 4.2). */
    private static HttpServer platform(String step) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var data = "{\"id\":\"" + step + "\",\"comp_id\":\"c0\",\"function\":\"act\",\"config\":{\"colour\":\"blue\"},"
                + "\"snapshot\":{},\"is_passthrough\":true}";
        server.createContext("/v1/tasks/", exchange -> {
            var bytes = data.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            try (var body = exchange.getResponseBody()) {
                body.write(bytes);
            }
        });
        server.start();
        return server;
    }

    /** Asks it to end, and waits; the exit code, or -1 when it had to be killed. */
    int end() throws InterruptedException {
        process.destroy();
        if (process.waitFor(60, TimeUnit.SECONDS)) {
            return process.exitValue();
        }
        process.destroyForcibly().waitFor(60, TimeUnit.SECONDS);
        return -1;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        platform.stop(0);
    }
}
