package dev.weft.gateway.webhook.reply;

import dev.weft.common.event.Fact;
import dev.weft.common.id.Ids;
import dev.weft.common.messaging.InstanceQueue;
import dev.weft.common.messaging.InstanceSubscription;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans for waiting callers, and the subscription to the fact that ends a wait without a reply. */
@Configuration(proxyBeanMethods = false)
class ReplyConfiguration {

    @Bean
    ReplyPlaces replyPlaces(Ids ids) {
        return new ReplyPlaces(ids);
    }

    /** By itself: a fact that is lost here leaves a caller to the time-out, and nothing else. */
    @Bean
    InstanceSubscription endsOfExecutions(ReplyPlaces places, InstanceQueue queue) {
        return queue.subscribe(places::ended, () -> {}, Fact.EXECUTION_ENDED);
    }
}
