package dev.weft.workspace.departure;

import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.Fact;
import dev.weft.common.event.FactHandler;
import dev.weft.workspace.membership.MembershipEnd;
import dev.weft.workspace.workspace.ContractDepartures;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Ends memberships of workspaces when somebody has left the contract around them, or was deleted. A fact that is delivered
 * twice does no harm: the second time there is no membership left to end.
 */
@Configuration(proxyBeanMethods = false)
class DepartureListener {

    @Bean
    FactHandler departuresFromContracts(ContractDepartures departures) {
        return new FactHandler(Fact.MEMBERSHIP_CHANGED, changed -> leave(departures, changed));
    }

    private static void leave(ContractDepartures departures, DomainEvent changed) {
        MembershipEnd.of(changed)
                .filter(MembershipEnd::isOfContract)
                .ifPresent(end -> departures.apply(end.scopeId(), end.userId(), end.actorId()));
    }

    @Bean
    FactHandler departuresFromTheTenant(UserDepartures departures) {
        return new FactHandler(
                Fact.USER_DELETED,
                user -> departures.apply(user.subjectId(), Objects.requireNonNullElse(user.actorId(), "")));
    }
}
