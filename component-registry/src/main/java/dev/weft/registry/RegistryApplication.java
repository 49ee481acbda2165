package dev.weft.registry;

import dev.weft.common.service.WeftService;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** component-registry: components, their versions and descriptors, first of all the built-in ones. */
@SpringBootApplication
public class RegistryApplication {

    public static void main(String[] args) {
        builder().run(args);
    }

    /** The service with its settings, ready to run alone or beside others in one JVM. */
    public static SpringApplicationBuilder builder() {
        return WeftService.builder("component-registry", RegistryApplication.class);
    }
}
