package dev.weft.execution.builtin.http;

import dev.weft.common.egress.EgressGuard;
import dev.weft.common.http.HttpCaller;
import dev.weft.common.http.HttpRedirects;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans of outgoing HTTP calls. */
@Configuration(proxyBeanMethods = false)
class HttpConfiguration {

    @Bean
    HttpCaller httpCaller(EgressGuard guard) {
        return new HttpCaller(guard);
    }

    @Bean
    HttpRedirects httpRedirects(HttpCaller caller) {
        return new HttpRedirects(caller);
    }

    @Bean
    AnswerRoom answerRoom() {
        return new AnswerRoom(Runtime.getRuntime().maxMemory() / 4);
    }

    @Bean
    RetrySchedule retrySchedule(Clock clock) {
        return new RetrySchedule(clock);
    }

    @Bean
    Pause pause() {
        return time -> TimeUnit.NANOSECONDS.sleep(time.toNanos());
    }
}
