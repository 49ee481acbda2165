package dev.weft.flow.flow;

import dev.weft.common.outbox.OutboxCollection;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Beans of the storage of flows. */
@Configuration(proxyBeanMethods = false)
class FlowConfiguration {

    @Bean
    OutboxCollection flowOutbox() {
        return new OutboxCollection(StoredFlow.COLLECTION);
    }

    @Bean
    StoredFlow storedFlow(JsonMapper json) {
        return new StoredFlow(json);
    }
}
