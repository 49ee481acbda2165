package dev.weft.execution.jsonata;

import dev.weft.execution.mapping.Expressions;
import dev.weft.execution.metrics.EngineMetrics;
import dev.weft.execution.sandbox.Sandbox;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one compiler of expressions, as a bean. */
@Configuration(proxyBeanMethods = false)
class JsonataConfiguration {

    @Bean
    Expressions expressions(Sandbox sandbox, Clock clock, EngineMetrics metrics) {
        var expressions = new JsonataExpressions(sandbox, clock, Duration.ofSeconds(5));
        metrics.lostExpressionThreads(expressions::lostThreads);
        return expressions;
    }
}
