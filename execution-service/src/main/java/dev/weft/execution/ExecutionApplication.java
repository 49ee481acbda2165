package dev.weft.execution;

import dev.weft.common.service.WeftService;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** execution-service: the engine. */
@SpringBootApplication
public class ExecutionApplication {

    public static SpringApplicationBuilder builder() {
        return WeftService.builder("execution-service", ExecutionApplication.class);
    }

    public static void main(String[] arguments) {
        builder().run(arguments);
    }
}
