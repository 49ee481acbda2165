package dev.weft.flow.heir;

import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.Fact;
import dev.weft.common.event.FactHandler;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Hears from workspace-service who left a workspace, and who takes over that user's flows. */
@Configuration(proxyBeanMethods = false)
class HeirListener {

    @Bean
    FactHandler flowsOfMembersWhoLeft(FlowHeirs heirs) {
        return new FactHandler(Fact.MEMBERSHIP_CHANGED, changed -> passOn(heirs, changed));
    }

    /** Only the end of a workspace's membership names an heir of what is in it. */
    private static void passOn(FlowHeirs heirs, DomainEvent changed) {
        var payload = changed.payload();
        if ("workspace".equals(payload.get("scope"))
                && payload.get("user_id") instanceof String user
                && payload.get("heir_id") instanceof String heir) {
            heirs.passOn(changed.subjectId(), user, heir, changed.at());
        }
    }
}
