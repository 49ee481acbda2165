package dev.weft.execution.builtin;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.execution.attachment.Attachments;
import dev.weft.execution.attachment.KeptFiles;
import dev.weft.execution.metrics.EngineMetrics;
import dev.weft.execution.step.Builtin;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Every step of the catalogue is there once, with the settings the service has by default. */
class BuiltinsTest {

    @Test
    void areBeansThatSayWhetherTheyAreInline() {
        new ApplicationContextRunner()
                .withSystemProperties("spring.config.name=execution-service")
                .withInitializer(new ConfigDataApplicationContextInitializer())
                .withBean(Clock.class, Clock::systemUTC)
                .withBean(JsonMapper.class, JsonMapper::new)
                .withBean(Attachments.class, KeptFiles::new)
                .withBean(EngineMetrics.class, () -> new EngineMetrics(new SimpleMeterRegistry()))
                .withUserConfiguration(Steps.class)
                .run(context -> assertThat(context.getBeansOfType(Builtin.class).values().stream()
                                .collect(toMap(Builtin::command, Builtin::inline)))
                        .isEqualTo(Map.of(
                                "weft/webhook:receive", true,
                                "weft/timer:timer", true,
                                "weft/mapper:map", true,
                                "weft/filter:filter", true,
                                "weft/splitter:split", true,
                                "weft/log:log", true,
                                "weft/http:reply", true,
                                "weft/http:request", false,
                                "weft/code:execute", false,
                                "weft/email:send", false)));
    }

    @Configuration(proxyBeanMethods = false)
    @ComponentScan({
        "dev.weft.execution.builtin",
        "dev.weft.execution.jsonata",
        "dev.weft.execution.sandbox",
        "dev.weft.common.egress",
        "dev.weft.common.mail"
    })
    static class Steps {}
}
