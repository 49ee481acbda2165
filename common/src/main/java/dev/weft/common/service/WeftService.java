package dev.weft.common.service;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;

/**
 * Starts a service, alone or beside the others in one JVM. Its own settings are in {@code <name>.yml}. Settings that
 * all services share are set here: in one JVM a shared file would be read by every context.
 */
public final class WeftService {

    private WeftService() {}

    /** A builder for the service {@code name} ({@code identity-service}, {@code gateway}, ...). */
    public static SpringApplicationBuilder builder(String name, Class<?> application) {
        return new SpringApplicationBuilder(application)
                .web(WebApplicationType.SERVLET)
                .bannerMode(org.springframework.boot.Banner.Mode.OFF)
                .properties(shared(name));
    }

    private static Map<String, Object> shared(String name) {
        var settings = new LinkedHashMap<String, Object>();
        settings.put("spring.config.name", name);
        settings.put("spring.application.name", name);
        settings.put("spring.jmx.enabled", "false");
        settings.put("spring.main.log-startup-info", "false");
        settings.put("spring.threads.virtual.enabled", "true");
        settings.put("spring.lifecycle.timeout-per-shutdown-phase", "10s");
        settings.put("server.shutdown", "graceful");
        settings.put("server.tomcat.max-http-form-post-size", "12MB");
        // api-v2 1.4: brackets in query names come raw or percent-encoded.
        settings.put("server.tomcat.relaxed-query-chars", "[,]");
        settings.put("server.tomcat.threads.max", "400");
        // Tomcat's own limit of 100 would keep closing the pooled connections between services.
        settings.put("server.tomcat.max-keep-alive-requests", "-1");
        settings.put("spring.mongodb.uri", "${WEFT_MONGODB_URI:mongodb://localhost:27017}");
        settings.put("spring.data.mongodb.auto-index-creation", "false");
        settings.put("spring.rabbitmq.addresses", "${WEFT_RABBITMQ_URI:amqp://guest:guest@localhost:5672}");
        settings.put("spring.rabbitmq.publisher-confirm-type", "correlated");
        settings.put("spring.rabbitmq.channel-rpc-timeout", "30s");
        settings.put("spring.rabbitmq.connection-timeout", "5s");
        // In one JVM every service has the gateway's jars on its class path.
        settings.put("spring.cloud.gateway.server.webmvc.enabled", Boolean.toString(name.equals("gateway")));
        settings.put("management.health.mongodb.enabled", "false");
        // That indicator opens a channel while its caller waits; BrokerPulse knows the answer already.
        settings.put("management.health.rabbit.enabled", "false");
        settings.put("management.endpoints.web.exposure.include", "health,prometheus,info,deadmessages");
        settings.put("management.endpoint.health.probes.enabled", "true");
        // Only operators reach the management port.
        settings.put("management.endpoint.health.show-details", "always");
        settings.put("management.metrics.use-global-registry", "false");
        settings.put("management.server.address", "${WEFT_MANAGEMENT_ADDRESS:127.0.0.1}");
        settings.put(
                "server.address",
                name.equals("gateway") ? "${WEFT_ADDRESS:0.0.0.0}" : "${WEFT_INTERNAL_ADDRESS:127.0.0.1}");
        settings.put("weft.services.identity", "${WEFT_IDENTITY_URL:http://localhost:8081}");
        settings.put("weft.services.workspace", "${WEFT_WORKSPACE_URL:http://localhost:8082}");
        settings.put("weft.services.registry", "${WEFT_REGISTRY_URL:http://localhost:8083}");
        settings.put("weft.services.flow", "${WEFT_FLOW_URL:http://localhost:8084}");
        settings.put("weft.services.execution", "${WEFT_EXECUTION_URL:http://localhost:8085}");
        settings.put("weft.service-secret", "${WEFT_SERVICE_SECRET:}");
        settings.put("weft.master-key", "${WEFT_MASTER_KEY:}");
        settings.put("logging.level.org.springframework.cloud.openfeign", "WARN");
        settings.put("logging.level.io.github.resilience4j", "ERROR");
        // It would log a line or more for each connection that ends, and for each of its consumers. BrokerPulse reports
        // on the broker, and owners of connections on those.
        settings.put("logging.level.com.rabbitmq.client.impl.ForgivingExceptionHandler", "OFF");
        settings.put("logging.level.org.springframework.amqp.rabbit.listener", "ERROR");
        settings.put("logging.level.org.springframework.amqp.rabbit.connection", "WARN");
        // Spring Cloud's circuit breaker names a class of the Boot 3 module that no longer exists, and often warns
        // about it.
        settings.put("logging.level.org.springframework.core.annotation.MergedAnnotation", "ERROR");
        return settings;
    }
}
