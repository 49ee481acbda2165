package dev.weft.identity.userrecord;

import dev.weft.common.outbox.OutboxCollection;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Names the collection of users to the outbox relay. */
@Configuration(proxyBeanMethods = false)
class UserConfiguration {

    @Bean
    OutboxCollection userOutbox() {
        return new OutboxCollection(StoredUser.COLLECTION);
    }
}
