package dev.weft.workspace.suspension;

import dev.weft.common.event.Fact;
import dev.weft.common.event.FactHandler;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Hears that no flow of a contract runs any more. */
@Configuration(proxyBeanMethods = false)
class SuspensionListener {

    /** Repeatable: the version says which suspension the flows were stopped for, and that ends once. */
    @Bean
    FactHandler stoppedContracts(ContractSuspensionService suspensions) {
        return new FactHandler(
                Fact.FLOWS_STOPPED_FOR_CONTRACT,
                contract -> suspensions.finish(contract.subjectId(), contract.version()));
    }
}
