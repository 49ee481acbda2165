package dev.weft.standalone.suite;

import dev.weft.execution.ExecutionApplication;
import dev.weft.gateway.GatewayApplication;
import dev.weft.standalone.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one topology of journeys and failure tests: broker and store of their own, started by {@code ./weft servers};
 * two gateways and two execution-services as processes of their own, the other services in one more. Started once per
 * test JVM, on free ports, and ended with it.
 */
final class Topology {

    static final String GATEWAY_1 = "gateway-1";
    static final String GATEWAY_2 = "gateway-2";
    static final String EXECUTION_1 = "execution-1";
    static final String EXECUTION_2 = "execution-2";
    static final String CORE = "core";
    private static final Path LAUNCHER = Path.of("..", "weft").toAbsolutePath().normalize();
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration START = Duration.ofMinutes(4);

    private static Topology shared;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path home;
    private final int base = FreePorts.base();
    private final Map<String, Process> processes = new LinkedHashMap<>();
    private JsonNode credentials;

    private Topology() throws IOException {
        home = Files.createTempDirectory("weft-topology");
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
        launcher("servers");
        credentials = JSON.readTree(home.resolve("credentials.json").toFile());
        var all = List.of(CORE, EXECUTION_1, EXECUTION_2, GATEWAY_1, GATEWAY_2);
        // All at once: none needs another to start, and each alone keeps one processor busy at most.
        all.forEach(this::start);
        all.forEach(this::awaitReady);
    }

    static synchronized Topology shared() {
        if (shared == null) {
            try {
                shared = new Topology();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return shared;
    }

    URI gateway(int number) {
        return URI.create("http://127.0.0.1:" + (number == 1 ? base : base + 7));
    }

    JsonNode credentials() {
        return credentials;
    }

    Path logs() {
        return home.resolve("logs");
    }

    /** Where its parts find each other: {@code WEFT_MONGODB_URI} and the like. */
    String setting(String name) {
        return settings().get(name);
    }

    /** Where mail is written to. */
    Path mail() {
        return home.resolve("mail");
    }

    // ---- services

    private void start(String name) {
        var environment = new LinkedHashMap<String, String>();
        var main = switch (name) {
            case GATEWAY_1 -> port(environment, "GATEWAY", base, base + 10, GatewayApplication.class);
            case GATEWAY_2 -> port(environment, "GATEWAY", base + 7, base + 17, GatewayApplication.class);
            case EXECUTION_1 -> port(environment, "EXECUTION", base + 6, base + 16, ExecutionApplication.class);
            case EXECUTION_2 -> port(environment, "EXECUTION", base + 5, base + 15, ExecutionApplication.class);
            default -> CoreServices.class;
        };
        processes.put(name, launch(name, main, environment));
    }

    private static Class<?> port(
            Map<String, String> environment, String service, int port, int management, Class<?> main) {
        environment.put(service.equals("GATEWAY") ? "WEFT_PORT" : "WEFT_" + service + "_PORT", Integer.toString(port));
        environment.put("WEFT_" + service + "_MANAGEMENT_PORT", Integer.toString(management));
        return main;
    }

    private Process launch(String name, Class<?> main, Map<String, String> special) {
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx384m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName())
                .redirectErrorStream(true)
                .redirectOutput(
                        Redirect.appendTo(home.resolve("logs/" + name + ".log").toFile()));
        var environment = builder.environment();
        environment.keySet().removeIf(variable -> variable.startsWith("WEFT_"));
        environment.putAll(settings());
        environment.putAll(special);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> settings() {
        var settings = new LinkedHashMap<String, String>();
        for (var file : List.of("secrets.env", "servers.env")) {
            var properties = new Properties();
            try (var reader = Files.newBufferedReader(home.resolve(file))) {
                properties.load(reader);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            properties.forEach((name, value) -> settings.put(name.toString(), value.toString()));
        }
        var services = List.of("IDENTITY", "WORKSPACE", "REGISTRY", "FLOW", "EXECUTION");
        for (var i = 0; i < services.size(); i++) {
            settings.put("WEFT_" + services.get(i) + "_URL", "http://127.0.0.1:" + (base + 1 + i));
            settings.put("WEFT_" + services.get(i) + "_PORT", Integer.toString(base + 1 + i));
            settings.put("WEFT_" + services.get(i) + "_MANAGEMENT_PORT", Integer.toString(base + 11 + i));
        }
        settings.put("WEFT_PUBLIC_URL", gateway(1).toString());
        settings.put("WEFT_BOOTSTRAP_FILE", home.resolve("credentials.json").toString());
        settings.put("WEFT_HOME", home.toString());
        settings.put("WEFT_MAIL_DIR", mail().toString());
        settings.put("WEFT_RATE_API_PER_MINUTE", "0");
        settings.put("WEFT_EGRESS_ALLOW", "127.0.0.0/8");
        return settings;
    }

    /** {@code kill -9}. */
    void kill(String name) {
        end(processes.get(name).toHandle());
    }

    void restart(String name) {
        start(name);
    }

    /** Until the service's readiness says so. */
    void awaitReady(String name) {
        await(
                switch (name) {
                    case GATEWAY_1 -> base + 10;
                    case GATEWAY_2 -> base + 17;
                    case EXECUTION_1 -> base + 16;
                    case EXECUTION_2 -> base + 15;
                    // Of the four in it the last to start.
                    default -> base + 14;
                });
    }

    private void await(int managementPort) {
        var health = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + managementPort + "/actuator/health/readiness"))
                .timeout(Duration.ofSeconds(5))
                .build();
        Awaitility.await("readiness at " + managementPort)
                .atMost(START)
                .pollInterval(Duration.ofMillis(250))
                .ignoreExceptions()
                .until(() ->
                        http.send(health, HttpResponse.BodyHandlers.ofString()).statusCode() == 200);
    }

    /** The sandbox workers of both execution-services, one at least: until there is one it waits. */
    void killSandboxWorkers() {
        Awaitility.await("a sandbox worker").atMost(Duration.ofSeconds(60)).until(() -> {
            var workers = Stream.of(EXECUTION_1, EXECUTION_2)
                    .flatMap(name -> processes.get(name).descendants())
                    .toList();
            workers.forEach(Topology::end);
            return !workers.isEmpty();
        });
    }

    // ---- broker and store

    /** {@code kill -9} of a part that {@code ./weft servers} started. */
    void killServer(String part) {
        try {
            var pid = Long.parseLong(Files.readString(home.resolve("run/" + part + ".pid"))
                    .strip()
                    .split(" ")[0]);
            end(ProcessHandle.of(pid).orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts what is dead of broker and store. */
    void reviveServers() {
        launcher("servers");
    }

    /** The broker takes no messages until it has {@linkplain #giveTheBrokerMemory memory again}. */
    void takeTheBrokersMemory() {
        setBrokersMemory("1MB");
    }

    void giveTheBrokerMemory() {
        setBrokersMemory("1GB");
    }

    private void setBrokersMemory(String mark) {
        var broker = home.resolve("rabbitmq");
        var output = home.resolve("logs/rabbitmqctl.log");
        var builder = new ProcessBuilder(rabbitmqctl(), "set_vm_memory_high_watermark", "absolute", mark)
                .directory(broker.toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(output.toFile()));
        // As the launcher has started it.
        builder.environment()
                .putAll(Map.of(
                        "HOME", broker.toString(),
                        "ERL_EPMD_PORT", Integer.toString(base + 22),
                        "RABBITMQ_NODENAME", "weft@localhost",
                        "RABBITMQ_CONF_ENV_FILE", "/dev/null",
                        "RABBITMQ_ENABLED_PLUGINS_FILE",
                                broker.resolve("enabled_plugins").toString()));
        run(builder, output);
    }

    private static String rabbitmqctl() {
        return Stream.of("/usr/lib/rabbitmq/bin", "/opt/homebrew/opt/rabbitmq/sbin", "/usr/local/opt/rabbitmq/sbin")
                .map(directory -> Path.of(directory, "rabbitmqctl"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow()
                .toString();
    }

    private static void end(ProcessHandle process) {
        process.destroyForcibly();
        process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
    }

    private void launcher(String command) {
        var output = home.resolve("launcher.log");
        var builder = new ProcessBuilder(LAUNCHER.toString(), command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(output.toFile()));
        var environment = builder.environment();
        // Keycloak is the suite's; broker and store are this topology's own, to be killed.
        environment
                .keySet()
                .removeIf(name ->
                        name.startsWith("WEFT_") && !name.startsWith("WEFT_KEYCLOAK") && !name.equals("WEFT_CACHE"));
        environment.put("WEFT_HOME", home.toString());
        environment.put("WEFT_PORT", Integer.toString(base));
        run(builder, output);
    }

    private static void run(ProcessBuilder builder, Path output) {
        try {
            var process = builder.start();
            // Who asks something on its input finds the end of it there.
            process.getOutputStream().close();
            var code = process.waitFor();
            if (code != 0) {
                throw new AssertionError(builder.command() + " ended with " + code + ": " + Files.readString(output));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void stop() {
        processes.values().forEach(Process::destroyForcibly);
        launcher("down");
        FileSystemUtils.deleteRecursively(home.toFile());
    }
}
