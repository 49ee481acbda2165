package dev.weft.workspace.invite;

import static java.time.Duration.ofMinutes;

import dev.weft.common.duty.Duty;
import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.Fact;
import dev.weft.common.event.FactHandler;
import dev.weft.workspace.permission.RoleName;
import dev.weft.workspace.policy.CurrentPolicies;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Ends invites whose roles are gone, and those that nobody has accepted in time. */
@Configuration(proxyBeanMethods = false)
class InviteListener {

    /** Repeatable, and in any order: a role that is in the policy again keeps its invites, however late this is heard. */
    @Bean
    FactHandler invitesOfRemovedRoles(InviteEnds ends, CurrentPolicies policies) {
        return new FactHandler(
                Fact.ROLE_CHANGED,
                changed -> policies.missing(changed.subjectId(), changed.version(), removed(changed))
                        .forEach(role -> ends.dropNaming(changed.subjectId(), role)));
    }

    private static List<RoleName> removed(DomainEvent changed) {
        return changed.payload().get("removed") instanceof List<?> all
                ? all.stream().flatMap(InviteListener::name).toList()
                : List.of();
    }

    private static Stream<RoleName> name(Object removed) {
        return removed instanceof Map<?, ?> told
                        && told.get("scope") instanceof String scope
                        && told.get("role") instanceof String role
                ? Stream.of(new RoleName(scope, role))
                : Stream.empty();
    }

    @Bean
    Duty expiredInvitesDuty(InviteEnds ends) {
        return Duty.ofService("expired-invites", ofMinutes(10), ends::dropExpired);
    }
}
