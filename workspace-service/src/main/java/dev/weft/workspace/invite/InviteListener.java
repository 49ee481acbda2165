package dev.weft.workspace.invite;

import static java.time.Duration.ofMinutes;

import dev.weft.common.duty.Duty;
import dev.weft.common.event.Fact;
import dev.weft.common.event.FactHandler;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Hears what ends invites. */
@Configuration(proxyBeanMethods = false)
class InviteListener {

    @Bean
    FactHandler invitesOfDeletedContracts(InviteEnds ends) {
        return new FactHandler(Fact.CONTRACT_DELETING, contract -> ends.dropOfContract(contract.subjectId()));
    }

    @Bean
    FactHandler invitesOfDeletedWorkspaces(InviteEnds ends) {
        return new FactHandler(Fact.WORKSPACE_DELETING, workspace -> ends.dropOfWorkspace(workspace.subjectId()));
    }

    @Bean
    Duty expiredInvitesDuty(InviteEnds ends) {
        return Duty.ofService("expired-invites", ofMinutes(10), ends::dropExpired);
    }
}
