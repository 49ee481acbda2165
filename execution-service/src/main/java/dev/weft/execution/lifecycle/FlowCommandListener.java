package dev.weft.execution.lifecycle;

import dev.weft.common.event.Command;
import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.Fact;
import dev.weft.common.event.FactHandler;
import dev.weft.common.messaging.ServiceQueue;
import dev.weft.common.messaging.ServiceSubscription;
import dev.weft.common.outbox.OutboxCollection;
import dev.weft.execution.deployment.Deployments;
import java.util.Map;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Commands of flow-service in; facts about credentials too, since doors depend on them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RunProperties.class)
class FlowCommandListener {

    @Bean
    OutboxCollection flowRunsOutbox() {
        return new OutboxCollection(Deployments.COLLECTION);
    }

    @Bean
    ServiceSubscription flowCommands(ServiceQueue queue, FlowWishes wishes) {
        return queue.commands(Map.of(
                Command.FLOW_START, wishes::start,
                Command.FLOW_UPDATE, wishes::update,
                Command.FLOW_STOP, wishes::stop,
                Command.FLOW_SUSPEND, wishes::suspend,
                Command.FLOW_RUN_NOW, wishes::runNow,
                Command.FLOW_DELETE, wishes::delete));
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
