package dev.weft.workspace.support;

import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.Fact;
import dev.weft.common.event.FactHandler;
import dev.weft.workspace.membership.MembershipEnd;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Hears that support access to a workspace was revoked: a crash may have left the user in the contract. */
@Configuration(proxyBeanMethods = false)
class SupportListener {

    /** Repeatable: the second time there is no membership left to end. */
    @Bean
    FactHandler revokedSupport(SupportPlaces places) {
        return new FactHandler(Fact.MEMBERSHIP_CHANGED, changed -> leave(places, changed));
    }

    private static void leave(SupportPlaces places, DomainEvent changed) {
        var contractId = changed.contractId();
        if (contractId != null && Boolean.TRUE.equals(changed.payload().get("support"))) {
            MembershipEnd.of(changed)
                    .filter(MembershipEnd::isOfWorkspace)
                    .ifPresent(end -> places.leave(contractId, end.userId(), end.actorId(), changed.at()));
        }
    }
}
