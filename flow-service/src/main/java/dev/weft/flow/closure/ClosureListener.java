package dev.weft.flow.closure;

import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.Fact;
import dev.weft.common.event.FactHandler;
import dev.weft.common.outbox.OutboxCollection;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Hears from workspace-service which contracts and workspaces are closed or opened; a version that is not newer than
 * the last one changes nothing.
 */
@Configuration(proxyBeanMethods = false)
class ClosureListener {

    @Bean
    OutboxCollection closuresTell() {
        return new OutboxCollection(MongoClosureRepository.COLLECTION);
    }

    @Bean
    FactHandler suspendedContracts(Closures closures) {
        return new FactHandler(
                Fact.CONTRACT_SUSPENDING, event -> closures.close(closure(event, Closure.Kind.SUSPENSION)));
    }

    @Bean
    FactHandler unsuspendedContracts(Closures closures) {
        return new FactHandler(Fact.CONTRACT_UNSUSPENDED, event -> closures.open(event.subjectId(), event.version()));
    }

    @Bean
    FactHandler deletedWorkspaces(Closures closures) {
        return new FactHandler(Fact.WORKSPACE_DELETING, event -> closures.close(closure(event, Closure.Kind.DELETION)));
    }

    private static Closure closure(DomainEvent event, Closure.Kind kind) {
        return new Closure(
                event.subjectId(), kind, event.version(), event.tenantId(), event.contractId(), event.actorId());
    }
}
