package dev.weft.flow.flow;

import dev.weft.common.messaging.OutboxCollection;
import dev.weft.common.messaging.OutboxRelay;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.core.MongoTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Where flows are kept. */
@Configuration(proxyBeanMethods = false)
class FlowConfiguration {

    @Bean
    OutboxCollection flowOutbox() {
        return new OutboxCollection(MongoFlowRepository.COLLECTION);
    }

    @Bean
    StoredFlow storedFlow(JsonMapper json) {
        return new StoredFlow(json);
    }

    @Bean
    FlowRepository flowRepository(MongoTemplate mongo, StoredFlow stored, OutboxRelay relay) {
        return new MongoFlowRepository(mongo, stored, id -> relay.relay(MongoFlowRepository.COLLECTION, id));
    }
}
