package dev.weft.identity.machinekey;

import dev.weft.common.deletion.DeletionScope;
import dev.weft.common.deletion.Deletions;
import dev.weft.common.event.Fact;
import dev.weft.common.event.FactHandler;
import dev.weft.common.outbox.OutboxCollection;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Names the collection of machine keys to the outbox relay, and hears what becomes of the contracts of keys. */
@Configuration(proxyBeanMethods = false)
class MachineKeyConfiguration {

    @Bean
    OutboxCollection machineKeyOutbox() {
        return new OutboxCollection(StoredMachineKey.COLLECTION);
    }

    @Bean
    FactHandler deletedContracts(Deletions deletions) {
        return new FactHandler(Fact.CONTRACT_DELETING, deletions.of(DeletionScope.CONTRACT));
    }
}
