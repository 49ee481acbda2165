package dev.weft.execution.recorder;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Down when records are not written any more: then nothing is acknowledged either. */
@Configuration(proxyBeanMethods = false)
class RecorderHealth {

    /** Longer than a store takes to elect another primary. */
    private static final long STUCK_SECONDS = 60;

    @Bean
    AbstractHealthIndicator recorderHealthIndicator(MongoRecorder recorder) {
        return new AbstractHealthIndicator() {
            @Override
            protected void doHealthCheck(Health.Builder builder) {
                var oldest = recorder.oldestSeconds();
                var isWell = recorder.isWriting() && oldest < STUCK_SECONDS;
                builder.status(isWell ? "UP" : "DOWN")
                        .withDetail("waiting", recorder.waiting())
                        .withDetail("oldest_s", oldest);
            }
        };
    }
}
