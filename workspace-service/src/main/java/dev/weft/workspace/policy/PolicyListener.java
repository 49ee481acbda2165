package dev.weft.workspace.policy;

import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.Fact;
import dev.weft.common.event.FactHandler;
import dev.weft.common.outbox.OutboxCollection;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Hears of changed policies. */
@Configuration(proxyBeanMethods = false)
class PolicyListener {

    /** Repeatable, and in any order: what is fetched is the policy as it is then. */
    @Bean
    FactHandler changedPolicies(CurrentPolicies policies) {
        return new FactHandler(
                Fact.ROLE_CHANGED,
                changed -> policies.changed(changed.subjectId(), changed.version(), retirement(changed)));
    }

    private static Optional<String> retirement(DomainEvent changed) {
        return changed.payload().get("retirement") instanceof String token ? Optional.of(token) : Optional.empty();
    }

    @Bean
    OutboxCollection policyCopiesTell() {
        return new OutboxCollection(StoredPolicyCopy.COLLECTION);
    }
}
