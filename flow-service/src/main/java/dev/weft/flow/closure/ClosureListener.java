package dev.weft.flow.closure;

import dev.weft.common.deletion.DeletionScope;
import dev.weft.common.deletion.Deletions;
import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.Fact;
import dev.weft.common.event.FactHandler;
import dev.weft.common.outbox.OutboxCollection;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Hears from workspace-service which contracts are closed or opened, where a version that is not newer than the last one
 * changes nothing, and which contracts and workspaces are deleted.
 */
@Configuration(proxyBeanMethods = false)
class ClosureListener {

    @Bean
    OutboxCollection closuresTell() {
        return new OutboxCollection(MongoClosureRepository.COLLECTION);
    }

    @Bean
    FactHandler suspendedContracts(Closures closures) {
        return new FactHandler(Fact.CONTRACT_SUSPENDING, event -> closures.close(closure(event)));
    }

    @Bean
    FactHandler unsuspendedContracts(Closures closures) {
        return new FactHandler(Fact.CONTRACT_UNSUSPENDED, event -> closures.open(event.subjectId(), event.version()));
    }

    @Bean
    FactHandler deletedWorkspaces(Deletions deletions) {
        return new FactHandler(Fact.WORKSPACE_DELETING, deletions.of(DeletionScope.WORKSPACE));
    }

    @Bean
    FactHandler deletedContracts(Deletions deletions) {
        return new FactHandler(Fact.CONTRACT_DELETING, deletions.of(DeletionScope.CONTRACT));
    }

    private static Closure closure(DomainEvent event) {
        return new Closure(event.subjectId(), event.version(), event.tenantId(), event.contractId(), event.actorId());
    }
}
