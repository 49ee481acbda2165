package dev.weft.gateway.webhook;

import dev.weft.common.flowmessage.MessageCipher;
import dev.weft.common.id.Ids;
import dev.weft.gateway.GatewayProperties;
import dev.weft.gateway.answer.WebhookHost;
import dev.weft.gateway.body.CallBodies;
import dev.weft.gateway.limit.RateLimit;
import dev.weft.gateway.webhook.broker.DoorBroker;
import dev.weft.gateway.webhook.door.Backlogs;
import dev.weft.gateway.webhook.door.Doors;
import dev.weft.gateway.webhook.door.MissingDoors;
import dev.weft.gateway.webhook.reply.ReplyPlaces;
import dev.weft.gateway.webhook.reply.ReplyReader;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Registers the door as a servlet of its own, beside Spring's dispatcher, so that calls take the shortest way. */
@Configuration(proxyBeanMethods = false)
class HookConfiguration {

    @Bean
    ServletRegistrationBean<HookServlet> hookServlet(
            Doors doors,
            MissingDoors missing,
            Backlogs backlogs,
            DoorBroker broker,
            ReplyPlaces places,
            RateLimit rates,
            JsonMapper json,
            Ids ids,
            Clock clock,
            MeterRegistry registry,
            WebhookHost ownHost,
            GatewayProperties properties) {
        var metrics = new DoorMetrics(registry);
        var cipher = new MessageCipher(properties.messagePassword(), properties.messageIv());
        var servlet = new HookServlet(
                doors,
                missing,
                backlogs,
                new HookMessages(new CallBodies(json), new KickOff(json, cipher), ids),
                new HookDelivery(doors, missing, backlogs, broker, clock, metrics),
                places,
                new HookAnswers(ownHost, new ReplyReader(cipher, json)),
                rates,
                metrics);
        var registration = new ServletRegistrationBean<>(servlet, "/hook/*");
        registration.setLoadOnStartup(1);
        return registration;
    }
}
