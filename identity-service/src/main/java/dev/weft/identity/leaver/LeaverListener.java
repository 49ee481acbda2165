package dev.weft.identity.leaver;

import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.Fact;
import dev.weft.common.event.FactHandler;
import dev.weft.common.problem.ProblemException;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Hears from workspace-service who left a contract. */
@Configuration(proxyBeanMethods = false)
class LeaverListener {

    private static final Logger log = LoggerFactory.getLogger(LeaverListener.class);

    @Bean
    FactHandler usersWhoLeftContracts(Leavers leavers) {
        return new FactHandler(Fact.MEMBERSHIP_CHANGED, changed -> leave(leavers, changed));
    }

    /** Without roles the membership has ended. */
    private static void leave(Leavers leavers, DomainEvent changed) {
        var payload = changed.payload();
        if ("contract".equals(payload.get("scope"))
                && List.of().equals(payload.get("roles"))
                && payload.get("user_id") instanceof String user) {
            try {
                leavers.left(user, Objects.requireNonNullElse(changed.actorId(), ""));
            } catch (ProblemException e) {
                // The leaving is stored by now, so the message is done; the sweep asks again.
                log.info("Whether user {} is still in a contract is asked again: {}", user, e.getMessage());
            }
        }
    }
}
