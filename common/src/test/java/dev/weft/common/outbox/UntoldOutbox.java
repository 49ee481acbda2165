package dev.weft.common.outbox;

import dev.weft.common.broker.AlarmLane;
import dev.weft.common.broker.BrokerConnections;
import dev.weft.common.broker.BrokerPulse;
import dev.weft.common.messaging.ConfirmedPublisher;
import java.time.Clock;
import java.util.List;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.data.mongodb.core.MongoTemplate;

/** Without a broker: what is to be told stays in its document, where it can be seen. */
public final class UntoldOutbox {

    private static final int NOBODY = 1;

    private UntoldOutbox() {}

    public static OutboxRelay relay(MongoTemplate mongo) {
        var connections = new BrokerConnections("amqp://127.0.0.1:" + NOBODY);
        var publisher = new ConfirmedPublisher(
                new RabbitTemplate(new CachingConnectionFactory("127.0.0.1", NOBODY)),
                new BrokerPulse(connections),
                new AlarmLane(connections));
        return new OutboxRelay(mongo, publisher, Clock.systemUTC(), List.of());
    }
}
