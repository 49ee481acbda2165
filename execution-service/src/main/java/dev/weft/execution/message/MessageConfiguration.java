package dev.weft.execution.message;

import dev.weft.common.flowmessage.MessageCipher;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The installation's one key of flow messages, as a bean. */
@Configuration(proxyBeanMethods = false)
class MessageConfiguration {

    @Bean
    MessageCipher messageCipher(
            @Value("${weft.message-password}") String password, @Value("${weft.message-iv}") String iv) {
        return new MessageCipher(password, iv);
    }

    @Bean
    CarriedSeal carriedSeal(@Value("${weft.service-secret}") String secret) {
        return new CarriedSeal(secret);
    }
}
