package dev.weft.workspace.mail;

import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.Fact;
import dev.weft.common.event.FactHandler;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Hears of what people are told by mail. The facts are as durable as the changes they tell of, and a fact that comes
 * again finds its mail noted.
 */
@Configuration(proxyBeanMethods = false)
class NoticeListener {

    @Bean
    FactHandler suspensionsByMail(Notices notices) {
        return new FactHandler(
                Fact.CONTRACT_SUSPENDING,
                contract -> notices.contractSuspended(contract.subjectId(), contract.version()));
    }

    @Bean
    FactHandler endsOfSuspensionsByMail(Notices notices) {
        return new FactHandler(
                Fact.CONTRACT_UNSUSPENDED,
                contract -> notices.contractUnsuspended(contract.subjectId(), contract.version()));
    }

    @Bean
    FactHandler stopsOfLimitedFlowsByMail(Notices notices) {
        return new FactHandler(Fact.FLOW_STOPPED_AS_LIMITED, flow -> {
            var workspace = flow.workspaceId();
            if (workspace != null && flow.payload().get("name") instanceof String name) {
                notices.limitedFlowStopped(workspace, flow.subjectId(), name, flow.version());
            }
        });
    }

    @Bean
    FactHandler newMembersByMail(Notices notices) {
        return new FactHandler(Fact.MEMBERSHIP_CHANGED, changed -> tellWhoWasAdded(notices, changed));
    }

    private static void tellWhoWasAdded(Notices notices, DomainEvent changed) {
        var payload = changed.payload();
        if (Boolean.TRUE.equals(payload.get("added"))
                && "workspace".equals(payload.get("scope"))
                && payload.get("user_id") instanceof String user) {
            notices.workspaceMemberAdded(changed.subjectId(), user, changed.version());
        }
    }
}
