package dev.weft.standalone;

import dev.weft.execution.ExecutionApplication;
import dev.weft.flow.FlowApplication;
import dev.weft.gateway.GatewayApplication;
import dev.weft.identity.IdentityApplication;
import dev.weft.registry.RegistryApplication;
import dev.weft.workspace.WorkspaceApplication;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/**
 * The contexts of all services, each with its own ports and settings; the gateway starts last, so that the services are
 * there for its first request. They start one after the other: starting them in parallel gained nothing on two cores.
 */
final class StandaloneServices implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StandaloneServices.class);

    private final Deque<ConfigurableApplicationContext> contexts = new ArrayDeque<>();

    private StandaloneServices() {}

    /** Starts all or none: when one fails, those before it are closed and its exception is thrown. */
    public static StandaloneServices start(String... arguments) {
        var services = new StandaloneServices();
        try {
            builders().forEach((name, builder) -> services.start(name, builder.get(), arguments));
        } catch (RuntimeException e) {
            services.close();
            throw e;
        }
        return services;
    }

    private static Map<String, Supplier<SpringApplicationBuilder>> builders() {
        var builders = new LinkedHashMap<String, Supplier<SpringApplicationBuilder>>();
        builders.put("identity-service", IdentityApplication::builder);
        builders.put("workspace-service", WorkspaceApplication::builder);
        builders.put("component-registry", RegistryApplication::builder);
        builders.put("flow-service", FlowApplication::builder);
        builders.put("execution-service", ExecutionApplication::builder);
        builders.put("gateway", GatewayApplication::builder);
        return builders;
    }

    private void start(String name, SpringApplicationBuilder builder, String... arguments) {
        var begin = System.nanoTime();
        // Logging is shared by the JVM: the name of the last started context would be in every line.
        var context =
                builder.properties("logging.include-application-name=false").run(arguments);
        contexts.push(context);
        LOG.info(
                "{} is up on port {} after {} ms",
                name,
                context.getEnvironment().getProperty("local.server.port"),
                (System.nanoTime() - begin) / 1_000_000);
    }

    /** The file that the launcher hands over in {@code WEFT_BOOTSTRAP_FILE}, if there is one. */
    Optional<InstallationFile> installation() {
        var gateway = environment();
        return Optional.ofNullable(gateway.getProperty("WEFT_BOOTSTRAP_FILE"))
                .filter(file -> !file.isBlank())
                .map(file -> new InstallationFile(Path.of(file), publicUrl(gateway), gatewayPort(gateway)));
    }

    /** The port of the gateway, which is the only public one. */
    public int gatewayPort() {
        return gatewayPort(environment());
    }

    private static int gatewayPort(Environment gateway) {
        return gateway.getRequiredProperty("local.server.port", Integer.class);
    }

    private static URI publicUrl(Environment gateway) {
        return URI.create(gateway.getProperty("WEFT_PUBLIC_URL", "http://localhost:" + gatewayPort(gateway)));
    }

    private Environment environment() {
        return contexts.getFirst().getEnvironment();
    }

    @Override
    public void close() {
        while (!contexts.isEmpty()) contexts.pop().close();
    }
}
