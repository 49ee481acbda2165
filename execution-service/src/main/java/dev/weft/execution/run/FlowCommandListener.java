package dev.weft.execution.run;

import dev.weft.common.messaging.DomainEvent;
import dev.weft.common.messaging.OutboxCollection;
import dev.weft.common.messaging.ServiceQueue;
import dev.weft.common.messaging.ServiceSubscription;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Commands of flow-service in; facts about credentials too, since doors depend on them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ClockProperties.class)
class FlowCommandListener {

    @Bean
    OutboxCollection flowRunsOutbox() {
        return new OutboxCollection(FlowRuns.COLLECTION);
    }

    @Bean
    ServiceSubscription flowCommands(ServiceQueue queue, FlowWishes wishes) {
        return queue.commands(event -> handle(wishes, event));
    }

    @Bean
    ServiceSubscription credentialFacts(ServiceQueue queue, FlowWishes wishes) {
        return queue.events(
                event -> wishes.credentialChanged(event.subjectId()), "credential.updated", "credential.deleted");
    }

    private static void handle(FlowWishes wishes, DomainEvent command) {
        switch (command.type()) {
            case "flow.start" -> wishes.start(command);
            case "flow.update" -> wishes.update(command);
            case "flow.stop" -> wishes.stop(command);
            case "flow.suspend" -> wishes.suspend(command);
            case "flow.run-now" -> wishes.runNow(command);
            case "flow.delete" -> wishes.delete(command);
            default -> throw new IllegalArgumentException("Unknown command " + command.type());
        }
    }
}
