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

/** Hears from workspace-service who left a contract, and whose contract is gone. */
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
            left(leavers, user, changed);
        }
    }

    private static void left(Leavers leavers, String user, DomainEvent fact) {
        try {
            leavers.left(user, Objects.requireNonNullElse(fact.actorId(), ""));
        } catch (ProblemException e) {
            // The leaving is stored by now, so the message is done; the sweep asks again.
            log.info("Whether user {} is still in a contract is asked again: {}", user, e.getMessage());
        }
    }

    /** Repeatable, and in any order with what else is told of the same users: each is asked for as it is by then. */
    @Bean
    FactHandler usersOfDeletedContracts(Leavers leavers) {
        return new FactHandler(Fact.CONTRACT_DELETED, contract -> {
            if (contract.payload().get("member_ids") instanceof List<?> members) {
                members.forEach(member -> left(leavers, String.valueOf(member), contract));
            }
        });
    }
}
