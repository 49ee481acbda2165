package dev.weft.gateway.connection;

import dev.weft.gateway.GatewayProperties;
import dev.weft.gateway.answer.SecurityHeaders;
import dev.weft.gateway.answer.SecurityValve;
import dev.weft.gateway.answer.TomcatErrors;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures Tomcat for the gateway. */
@Configuration(proxyBeanMethods = false)
class ConnectionConfiguration {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> tomcat(
            GatewayProperties properties, SecurityHeaders headers) {
        var proxies = TrustedProxies.of(properties.trustedProxies());
        var most = properties.connectionsPerAddress();
        return factory -> {
            factory.setProtocol(WatchedProtocol.class.getName());
            factory.addConnectorCustomizers(connector -> {
                // The part of a webhook's path behind the flow id is the caller's and may contain %2F; all other paths
                // take plain characters only.
                connector.setEncodedSolidusHandling("passthrough");
                if (connector.getProtocolHandler() instanceof WatchedProtocol protocol) {
                    protocol.bound(most, proxies);
                }
            });
            // The order matters: a refusal of the last valve has the headers of the first, and its unread body is
            // dropped by the second.
            factory.addEngineValves(
                    new SecurityValve(headers),
                    new SlowRequests(properties.slowest()),
                    new ProxiedRequests(proxies, most));
            factory.addContextCustomizers(context -> {
                if (context.getParent() instanceof StandardHost host) {
                    host.setErrorReportValveClass(TomcatErrors.class.getName());
                }
            });
        };
    }
}
