package dev.weft.common.messaging;

import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import tools.jackson.databind.json.JsonMapper;

/** Subscribes the service, all its replicas together, to facts and to its commands; a bean per subscription. */
public final class ServiceQueue {

    private final ConnectionFactory connections;
    private final AmqpAdmin admin;
    private final ConfirmedPublisher publisher;
    private final JsonMapper json;
    private final String service;

    ServiceQueue(
            ConnectionFactory connections,
            AmqpAdmin admin,
            ConfirmedPublisher publisher,
            JsonMapper json,
            String service) {
        this.connections = connections;
        this.admin = admin;
        this.publisher = publisher;
        this.json = json;
        this.service = service;
    }

    /** Facts of the given types ({@code flow.*} allowed), each handled by one replica, at least once. */
    public ServiceSubscription events(EventHandler handler, String... types) {
        return new ServiceSubscription(
                connections,
                admin,
                publisher,
                json,
                MessagingNames.eventQueue(service),
                MessagingNames.EVENTS,
                types,
                handler);
    }

    /** The commands for this service. */
    public ServiceSubscription commands(EventHandler handler) {
        return new ServiceSubscription(
                connections,
                admin,
                publisher,
                json,
                MessagingNames.commandQueue(service),
                MessagingNames.COMMANDS,
                new String[] {service},
                handler);
    }
}
