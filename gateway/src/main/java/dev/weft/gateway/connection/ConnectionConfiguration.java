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

/** Tomcat as the gateway needs it. */
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
                // What is behind the flow in a webhook's path is the caller's, also a slash that is written out; all
                // other paths take plain characters only.
                connector.setEncodedSolidusHandling("passthrough");
                if (connector.getProtocolHandler() instanceof WatchedProtocol protocol) {
                    protocol.bound(most, proxies);
                }
            });
            // In this order: what the last refuses has the headers of the first, and its body is dropped by the second.
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
