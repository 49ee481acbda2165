package dev.weft.workspace;

import dev.weft.common.event.EventReceiver;
import dev.weft.common.event.Fact;
import dev.weft.common.outbox.OutboxCollection;
import dev.weft.common.token.InternalPaths;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Whose documents carry facts, who must not miss them, and what needs no internal token. */
@Configuration(proxyBeanMethods = false)
class WorkspaceConfiguration {

    /** Whoever accepts an invite need not be a user yet: the token is the credential. */
    @Bean
    InternalPaths openPaths() {
        return new InternalPaths(List.of("/error", "/v2/invites/*/accept"));
    }

    @Bean
    OutboxCollection contractsTell() {
        return new OutboxCollection("contracts");
    }

    @Bean
    OutboxCollection workspacesTell() {
        return new OutboxCollection("workspaces");
    }

    @Bean
    OutboxCollection credentialsTell() {
        return new OutboxCollection("credentials");
    }

    /** A release of flow-service that does not know these facts may be replaced after they were told. */
    @Bean
    EventReceiver closuresReachFlows() {
        return new EventReceiver(
                "flow-service",
                List.of(
                        Fact.CONTRACT_SUSPENDING,
                        Fact.CONTRACT_UNSUSPENDED,
                        Fact.WORKSPACE_CREATED,
                        Fact.WORKSPACE_UPDATED,
                        Fact.CONTRACT_DELETING,
                        Fact.WORKSPACE_DELETING));
    }

    /** The same for a release of execution-service that waits for flow-service to delete its flows. */
    @Bean
    EventReceiver deletionsReachTheEngine() {
        return new EventReceiver("execution-service", List.of(Fact.WORKSPACE_DELETING));
    }

    /** And of identity-service: the members of a contract are known no more when it is gone; it has machine keys, too. */
    @Bean
    EventReceiver endsOfContractsReachUsers() {
        return new EventReceiver("identity-service", List.of(Fact.CONTRACT_DELETED, Fact.CONTRACT_DELETING));
    }

    /** The same for a release of component-registry that has no teams yet. */
    @Bean
    EventReceiver endsOfMembershipsReachTeams() {
        return new EventReceiver("component-registry", List.of(Fact.MEMBERSHIP_CHANGED, Fact.CONTRACT_DELETING));
    }
}
