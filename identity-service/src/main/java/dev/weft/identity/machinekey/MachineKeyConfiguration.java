package dev.weft.identity.machinekey;

import dev.weft.common.outbox.OutboxCollection;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Names the collection of machine keys to the outbox relay. */
@Configuration(proxyBeanMethods = false)
class MachineKeyConfiguration {

    @Bean
    OutboxCollection machineKeyOutbox() {
        return new OutboxCollection(StoredMachineKey.COLLECTION);
    }
}
