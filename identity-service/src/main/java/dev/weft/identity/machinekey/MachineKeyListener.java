package dev.weft.identity.machinekey;

import dev.weft.common.deletion.DeletionScope;
import dev.weft.common.deletion.Deletions;
import dev.weft.common.event.Fact;
import dev.weft.common.event.FactHandler;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Hears what becomes of the contracts of keys. */
@Configuration(proxyBeanMethods = false)
class MachineKeyListener {

    @Bean
    FactHandler deletedContracts(Deletions deletions) {
        return new FactHandler(Fact.CONTRACT_DELETING, deletions.of(DeletionScope.CONTRACT));
    }
}
