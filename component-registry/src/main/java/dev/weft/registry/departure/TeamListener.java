package dev.weft.registry.departure;

import dev.weft.common.deletion.DeletionScope;
import dev.weft.common.deletion.Deletions;
import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.Fact;
import dev.weft.common.event.FactHandler;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Hears from workspace-service who left a contract, and which contracts are deleted. */
@Configuration(proxyBeanMethods = false)
class TeamListener {

    @Bean
    FactHandler teamsOfMembersWhoLeft(TeamDepartures departures) {
        return new FactHandler(Fact.MEMBERSHIP_CHANGED, changed -> leave(departures, changed));
    }

    /** Without roles the membership has ended. */
    private static void leave(TeamDepartures departures, DomainEvent changed) {
        var payload = changed.payload();
        // Roles of an unknown form do not count as an end: nobody loses a team because a later release writes the fact
        // differently.
        if ("contract".equals(payload.get("scope"))
                && List.of().equals(payload.get("roles"))
                && payload.get("user_id") instanceof String user) {
            departures.leave(
                    changed.subjectId(),
                    user,
                    Objects.requireNonNullElse(changed.actorId(), ""),
                    payload.get("heir_id") instanceof String heir ? Optional.of(heir) : Optional.empty());
        }
    }

    @Bean
    FactHandler deletedContracts(Deletions deletions) {
        return new FactHandler(Fact.CONTRACT_DELETING, deletions.of(DeletionScope.CONTRACT));
    }
}
