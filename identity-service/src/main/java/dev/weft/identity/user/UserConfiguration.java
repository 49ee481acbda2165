package dev.weft.identity.user;

import dev.weft.common.messaging.OutboxCollection;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells the relay of outboxes about users, and whom this feature asks. */
@Configuration(proxyBeanMethods = false)
@EnableFeignClients(clients = SharedContractsApi.class)
class UserConfiguration {

    @Bean
    OutboxCollection userOutbox() {
        return new OutboxCollection(StoredUser.COLLECTION);
    }
}
