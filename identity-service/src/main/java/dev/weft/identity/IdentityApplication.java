package dev.weft.identity;

import dev.weft.common.service.WeftService;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** identity-service; its settings are in {@code identity-service.yml}. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class IdentityApplication {

    public static void main(String[] arguments) {
        builder().run(arguments);
    }

    public static SpringApplicationBuilder builder() {
        return WeftService.builder("identity-service", IdentityApplication.class);
    }
}
