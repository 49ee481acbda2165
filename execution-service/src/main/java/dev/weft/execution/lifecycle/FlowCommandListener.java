package dev.weft.execution.lifecycle;

import dev.weft.common.deletion.DeletionScope;
import dev.weft.common.deletion.Deletions;
import dev.weft.common.event.Command;
import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.EventHandler;
import dev.weft.common.event.Fact;
import dev.weft.common.event.FactHandler;
import dev.weft.common.messaging.ServiceQueue;
import dev.weft.common.messaging.ServiceSubscription;
import dev.weft.common.outbox.OutboxCollection;
import dev.weft.execution.deployment.Deployments;
import dev.weft.execution.takedown.RunProperties;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Receives the commands of flow-service, and facts about credentials, since doors depend on those. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RunProperties.class)
class FlowCommandListener {

    @Bean
    OutboxCollection flowRunsOutbox() {
        return new OutboxCollection(Deployments.COLLECTION);
    }

    @Bean
    ServiceSubscription flowCommands(
            ServiceQueue queue, FlowWishes wishes, RemoteFlowCommands commands, FlowsOfDeletedWorkspace gone) {
        return queue.commands(Map.of(
                Command.FLOW_START, unlessOver(gone, whole(commands, wishes::start)),
                Command.FLOW_UPDATE, unlessOver(gone, whole(commands, wishes::update)),
                Command.FLOW_STOP, unlessOver(gone, wishes::stop),
                Command.FLOW_SUSPEND, unlessOver(gone, wishes::suspend),
                Command.FLOW_RUN_NOW, unlessOver(gone, wishes::runNow),
                Command.FLOW_DELETE, unlessOver(gone, wishes::delete)));
    }

    private static EventHandler unlessOver(FlowsOfDeletedWorkspace gone, EventHandler wish) {
        return command -> {
            if (!gone.isOver(command)) {
                wish.handle(command);
            }
        };
    }

    /** Of those that carry a version, and may be large. */
    private static EventHandler whole(RemoteFlowCommands commands, Consumer<DomainEvent> wish) {
        return command -> commands.whole(command).ifPresent(wish);
    }

    @Bean
    FactHandler deletedWorkspaces(Deletions deletions) {
        return new FactHandler(Fact.WORKSPACE_DELETING, deletions.of(DeletionScope.WORKSPACE));
    }

    @Bean
    FactHandler doorsOfUpdatedCredentials(FlowWishes wishes) {
        return new FactHandler(Fact.CREDENTIAL_UPDATED, credential -> askDoorsAnew(wishes, credential));
    }

    @Bean
    FactHandler doorsOfDeletedCredentials(FlowWishes wishes) {
        return new FactHandler(Fact.CREDENTIAL_DELETED, credential -> askDoorsAnew(wishes, credential));
    }

    private static void askDoorsAnew(FlowWishes wishes, DomainEvent credential) {
        wishes.credentialChanged(credential.subjectId());
    }
}
