package dev.weft.workspace.invite;

import static java.time.Duration.ofMinutes;

import dev.weft.common.duty.Duty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Ends invites that nobody has accepted in time. */
@Configuration(proxyBeanMethods = false)
class InviteExpiry {

    @Bean
    Duty expiredInvitesDuty(InviteEnds ends) {
        return Duty.ofService("expired-invites", ofMinutes(10), ends::dropExpired);
    }
}
