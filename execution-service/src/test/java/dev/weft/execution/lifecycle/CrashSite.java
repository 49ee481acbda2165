package dev.weft.execution.lifecycle;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.rabbitmq.client.Connection;
import dev.weft.common.broker.BrokerConnections;
import dev.weft.execution.StartedService;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.topology.FlowTopology;
import dev.weft.store.EmbeddedStore;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;
import org.springframework.data.mongodb.core.convert.MongoConverter;

/** A service whose parts the replicas of a test are made of, and a database of which it knows nothing. */
final class CrashSite implements AutoCloseable {

    private final EmbeddedStore store = EmbeddedStore.inMemory();
    private final ConfigurableApplicationContext service = StartedService.over(store);
    private final MongoClient client = MongoClients.create(store.connectionString());
    private final MongoTemplate mongo = new MongoTemplate(
            new SimpleMongoClientDatabaseFactory(client, "crashes"), service.getBean(MongoConverter.class));
    private final FlowTopology dyingTopology;
    private final FlowTopology droppingAndDying;
    private final Connection broker;

    CrashSite() throws Exception {
        var connections = service.getBean(BrokerConnections.class);
        dyingTopology = new FlowTopology(connections) {
            @Override
            public void declare(Plan plan) {
                super.declare(withFirstQueueOf(plan));
                throw new Died();
            }
        };
        dyingTopology.start();
        droppingAndDying = new FlowTopology(connections) {
            @Override
            public long delete(String queue, Consumer<Map<String, Object>> headers, Runnable allSeen) {
                return super.delete(queue, headers, () -> {
                    allSeen.run();
                    throw new Died();
                });
            }
        };
        droppingAndDying.start();
        broker = connections.open("flow-crash-test");
    }

    static Plan withFirstQueueOf(Plan plan) {
        return new Plan(
                plan.definition(),
                plan.runId(),
                plan.steps(),
                plan.queues().subList(0, 1),
                plan.entryStep(),
                plan.errorHandler(),
                plan.answers(),
                plan.answersErrors(),
                plan.headers());
    }

    ConfigurableApplicationContext service() {
        return service;
    }

    MongoTemplate mongo() {
        return mongo;
    }

    /** Of a replica that dies when it has declared the first queue of a run. */
    FlowTopology dyingTopology() {
        return dyingTopology;
    }

    /** Of a replica that dies when it has seen what a stop drops, and has not dropped it. */
    FlowTopology droppingAndDying() {
        return droppingAndDying;
    }

    Connection broker() {
        return broker;
    }

    @Override
    public void close() throws IOException {
        broker.close();
        dyingTopology.stop();
        droppingAndDying.stop();
        client.close();
        service.close();
        store.close();
    }
}
