package dev.weft.flow;

import dev.weft.common.service.WeftService;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** flow-service: flows, their versions and drafts, and whether they shall run. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class FlowApplication {

    public static void main(String[] args) {
        builder().run(args);
    }

    /** The service with its settings, ready to run alone or beside others in one JVM. */
    public static SpringApplicationBuilder builder() {
        return WeftService.builder("flow-service", FlowApplication.class);
    }
}
