package dev.weft.common.messaging;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;

import dev.weft.common.event.Command;
import dev.weft.common.event.EventHandler;
import dev.weft.common.event.FactHandler;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import tools.jackson.databind.json.JsonMapper;

/** Subscribes the service (all its replicas share the queue) to facts and to its commands. */
public final class ServiceQueue {

    private final ConnectionFactory connections;
    private final AmqpAdmin admin;
    private final ConfirmedPublisher publisher;
    private final JsonMapper json;
    private final Clock clock;
    private final String service;

    ServiceQueue(
            ConnectionFactory connections,
            AmqpAdmin admin,
            ConfirmedPublisher publisher,
            JsonMapper json,
            Clock clock,
            String service) {
        this.connections = connections;
        this.admin = admin;
        this.publisher = publisher;
        this.json = json;
        this.clock = clock;
        this.service = service;
    }

    /** Facts, each handled by one replica, at least once. */
    ServiceSubscription facts(List<FactHandler> handlers) {
        var byType = handlers.stream()
                .collect(groupingBy(
                        handler -> handler.fact().wire(), mapping(FactHandler::handler, Collectors.toList())));
        return new ServiceSubscription(
                connections,
                admin,
                publisher,
                json,
                clock,
                RetryWaits.USUAL,
                MessagingNames.eventQueue(service),
                MessagingNames.EVENTS,
                List.copyOf(byType.keySet()),
                // A type without a handler was subscribed to by an older release.
                event -> byType.getOrDefault(event.type(), List.of()).forEach(one -> one.handle(event)));
    }

    /** The commands for this service. */
    public ServiceSubscription commands(Map<Command, EventHandler> handlers) {
        var byType = handlers.entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().wire(), Map.Entry::getValue));
        return new ServiceSubscription(
                connections,
                admin,
                publisher,
                json,
                clock,
                RetryWaits.USUAL,
                MessagingNames.commandQueue(service),
                MessagingNames.COMMANDS,
                List.of(service),
                command -> {
                    // Unlike a fact, an unknown command is work that must not be lost: it waits for a release that
                    // knows it.
                    var handler = byType.get(command.type());
                    if (handler == null) {
                        throw new IllegalArgumentException("Unknown command " + command.type());
                    }
                    handler.handle(command);
                });
    }
}
