package dev.weft.workspace.quota;

import dev.weft.common.event.Fact;
import dev.weft.common.event.FactHandler;
import dev.weft.common.outbox.OutboxCollection;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Names the collection of quotas to the outbox relay, and forgets what was set for what is deleted. */
@Configuration(proxyBeanMethods = false)
class QuotaConfiguration {

    @Bean
    OutboxCollection quotasTell() {
        return new OutboxCollection(StoredQuota.COLLECTION);
    }

    @Bean
    FactHandler quotasOfDeletedWorkspaces(QuotaRepository quotas) {
        return new FactHandler(Fact.WORKSPACE_DELETING, workspace -> quotas.removeOf(workspace.subjectId()));
    }

    @Bean
    FactHandler quotasOfDeletedContracts(QuotaRepository quotas) {
        return new FactHandler(Fact.CONTRACT_DELETING, contract -> quotas.removeOf(contract.subjectId()));
    }
}
