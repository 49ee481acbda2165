package dev.weft.workspace.departure;

import dev.weft.common.deletion.Deletion;
import dev.weft.common.deletion.DeletionScope;
import dev.weft.common.deletion.Deletions;
import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.Fact;
import dev.weft.common.event.FactHandler;
import dev.weft.workspace.membership.MembershipEnd;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Ends memberships of workspaces when somebody has left the contract around them, or was deleted. A fact that is delivered
 * twice does no harm: the second time there is no membership left to end.
 */
@Configuration(proxyBeanMethods = false)
class DepartureListener {

    @Bean
    FactHandler departuresFromContracts(Deletions deletions) {
        return new FactHandler(Fact.MEMBERSHIP_CHANGED, changed -> leave(deletions, changed));
    }

    private static void leave(Deletions deletions, DomainEvent changed) {
        MembershipEnd.of(changed)
                .filter(MembershipEnd::isOfContract)
                .ifPresent(end -> deletions.hear(new Deletion(
                        DeletionScope.MEMBERSHIP,
                        MembershipEnds.id(end),
                        changed.version(),
                        changed.tenantId(),
                        end.scopeId(),
                        changed.actorId())));
    }

    @Bean
    FactHandler departuresFromTheTenant(Deletions deletions) {
        return new FactHandler(Fact.USER_DELETED, deletions.of(DeletionScope.USER));
    }
}
