package dev.weft.workspace;

import dev.weft.common.messaging.DomainEvent;
import dev.weft.common.messaging.OutboxCollection;
import dev.weft.common.messaging.ServiceQueue;
import dev.weft.common.messaging.ServiceSubscription;
import dev.weft.workspace.contract.DefaultContracts;
import dev.weft.workspace.credential.CredentialService;
import dev.weft.workspace.membership.MembershipFacts;
import dev.weft.workspace.workspace.ContractDepartures;
import dev.weft.workspace.workspace.DefaultWorkspaces;
import java.util.List;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Which facts this service hears, and which of its features each of them is for. */
@Configuration(proxyBeanMethods = false)
class WorkspaceConfiguration {

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

    @Bean
    ServiceSubscription facts(
            ServiceQueue queue,
            DefaultContracts contracts,
            DefaultWorkspaces workspaces,
            ContractDepartures departures,
            CredentialService credentials) {
        return queue.events(
                event -> {
                    switch (event.type()) {
                        case "tenant.created" -> {
                            var tenantId = event.subjectId();
                            var admin = event.payload().get("admin_user_id") instanceof String id ? id : null;
                            contracts.open(tenantId, admin);
                            if (admin != null) {
                                workspaces.open(tenantId, admin);
                            }
                        }
                        case MembershipFacts.CHANGED -> {
                            if (hasEnded(event, "contract")) {
                                departures.apply(event.subjectId(), userOf(event), actorOf(event));
                            }
                            if (hasEnded(event, "workspace") && event.payload().get("heir_id") instanceof String heir) {
                                credentials.passOn(event.subjectId(), userOf(event), heir);
                            }
                        }
                        case "workspace.deleting" -> credentials.deleteAllOf(event.subjectId());
                        default -> throw new IllegalArgumentException(event.type());
                    }
                },
                "tenant.created",
                MembershipFacts.CHANGED,
                "workspace.deleting");
    }

    private static boolean hasEnded(DomainEvent event, String scope) {
        return scope.equals(event.payload().get("scope"))
                && List.of().equals(event.payload().get("roles"));
    }

    private static String userOf(DomainEvent event) {
        return (String) Objects.requireNonNull(event.payload().get("user_id"));
    }

    private static String actorOf(DomainEvent event) {
        return Objects.requireNonNullElse(event.actorId(), "");
    }
}
