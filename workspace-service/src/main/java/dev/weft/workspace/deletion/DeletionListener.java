package dev.weft.workspace.deletion;

import dev.weft.common.deletion.DeletionScope;
import dev.weft.common.deletion.Deletions;
import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.Fact;
import dev.weft.common.event.FactHandler;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Hears who holds nothing any more of what is deleted, and of the deletions in which this service has its own part. */
@Configuration(proxyBeanMethods = false)
class DeletionListener {

    private static final Logger log = LoggerFactory.getLogger(DeletionListener.class);

    @Bean
    FactHandler acknowledgedDeletions(DeletionProgress progress) {
        return new FactHandler(Fact.DELETION_ACKNOWLEDGED, told -> {
            var scope = scope(told);
            if (scope.isPresent() && told.payload().get("service") instanceof String service) {
                progress.acknowledged(scope.get(), told.subjectId(), service);
            } else {
                // It would not become readable by a retry; who is asked again answers again.
                log.warn("The end of a deletion of {} is not understood: {}", told.subjectId(), told.payload());
            }
        });
    }

    private static Optional<DeletionScope> scope(DomainEvent told) {
        return DeletionProgress.SCOPES.stream()
                .filter(scope -> scope.name()
                        .equalsIgnoreCase(String.valueOf(told.payload().get("scope"))))
                .findFirst();
    }

    @Bean
    FactHandler contractsUnderDeletion(Deletions deletions) {
        return new FactHandler(Fact.CONTRACT_DELETING, deletions.of(DeletionScope.CONTRACT));
    }

    @Bean
    FactHandler workspacesUnderDeletion(Deletions deletions) {
        return new FactHandler(Fact.WORKSPACE_DELETING, deletions.of(DeletionScope.WORKSPACE));
    }
}
