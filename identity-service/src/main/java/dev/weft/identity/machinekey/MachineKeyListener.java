package dev.weft.identity.machinekey;

import dev.weft.common.event.Fact;
import dev.weft.common.event.FactHandler;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Hears what becomes of the contracts of keys; revoking twice does no harm. */
@Configuration(proxyBeanMethods = false)
class MachineKeyListener {

    @Bean
    FactHandler keysOfDeletedContracts(MachineKeyService keys) {
        return new FactHandler(
                Fact.CONTRACT_DELETING, contract -> keys.removeOf(contract.tenantId(), contract.subjectId()));
    }
}
