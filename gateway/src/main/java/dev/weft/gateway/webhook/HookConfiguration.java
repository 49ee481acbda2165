package dev.weft.gateway.webhook;

import dev.weft.common.access.ServiceTokens;
import dev.weft.common.flowmessage.MessageCipher;
import dev.weft.common.id.Ids;
import dev.weft.common.messaging.BrokerConnections;
import dev.weft.common.messaging.InstanceQueue;
import dev.weft.common.messaging.InstanceSubscription;
import dev.weft.common.remote.RemoteCalls;
import dev.weft.gateway.GatewayProperties;
import dev.weft.gateway.limit.RateLimit;
import java.time.Clock;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** The door as a servlet of its own, beside the dispatcher: nothing stands between a call and its message. */
@Configuration(proxyBeanMethods = false)
@EnableFeignClients(clients = RemoteDoors.class)
class HookConfiguration {

    @Bean
    Doors doors(RemoteDoors execution, RemoteCalls calls, ServiceTokens tokens) {
        return new Doors(execution, calls, tokens);
    }

    @Bean
    InstanceSubscription doorChanges(Doors doors, InstanceQueue queue) {
        return queue.subscribe(event -> doors.forget(event.subjectId()), doors::forgetAll, "webhook.door-changed");
    }

    @Bean
    Replies replies(Ids ids) {
        return new Replies(ids);
    }

    @Bean
    DoorBroker doorBroker(BrokerConnections connections, Replies replies) {
        return new DoorBroker(connections, replies);
    }

    @Bean
    DoorHealth doorHealthIndicator(DoorBroker broker) {
        return new DoorHealth(broker);
    }

    @Bean
    ServletRegistrationBean<HookServlet> hookServlet(
            Doors doors,
            DoorBroker broker,
            Replies replies,
            RateLimit rates,
            JsonMapper json,
            Ids ids,
            Clock clock,
            GatewayProperties properties) {
        var cipher = new MessageCipher(properties.messagePassword(), properties.messageIv());
        var servlet = new HookServlet(
                doors,
                broker,
                replies,
                new HookBody(json),
                new KickOff(json, cipher),
                new ReplyReader(cipher, json),
                rates,
                ids,
                clock);
        var registration = new ServletRegistrationBean<>(servlet, "/hook/*");
        registration.setLoadOnStartup(1);
        return registration;
    }
}
