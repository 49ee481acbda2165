package dev.weft.identity.userrecord;

import dev.weft.common.outbox.OutboxCollection;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells the relay of outboxes about users. */
@Configuration(proxyBeanMethods = false)
class UserConfiguration {

    @Bean
    OutboxCollection userOutbox() {
        return new OutboxCollection(StoredUser.COLLECTION);
    }
}
