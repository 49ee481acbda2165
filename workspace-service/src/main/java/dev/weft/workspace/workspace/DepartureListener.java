package dev.weft.workspace.workspace;

import dev.weft.common.messaging.DomainEvent;
import dev.weft.common.messaging.Fact;
import dev.weft.common.messaging.FactHandler;
import dev.weft.workspace.membership.MembershipEnd;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Hears who has left; a membership that is gone is found by nobody, so hearing it twice does no harm. */
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
