package dev.weft.execution.hop;

import dev.weft.common.id.Ids;
import dev.weft.execution.budget.DeliveryProperties;
import dev.weft.execution.budget.LargeDeliveries;
import dev.weft.execution.message.CarriedSeal;
import dev.weft.execution.message.MessageCodec;
import dev.weft.execution.metrics.EngineMetrics;
import dev.weft.execution.queue.FlowPublisher;
import dev.weft.execution.rebound.Rebounds;
import dev.weft.execution.record.Recorder;
import dev.weft.execution.routing.Replies;
import dev.weft.execution.routing.ReplyProperties;
import dev.weft.execution.routing.Router;
import dev.weft.execution.sailor.SailorFrames;
import dev.weft.execution.snapshot.Snapshots;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Builds {@link HopTools}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ReplyProperties.class, DeliveryProperties.class})
class HopConfiguration {

    @Bean
    HopTools hopTools(
            MessageCodec codec,
            SailorFrames sailorFrames,
            CarriedSeal seal,
            Router router,
            Replies replies,
            Rebounds rebounds,
            Snapshots snapshots,
            FlowPublisher publisher,
            Recorder recorder,
            Ids ids,
            Clock clock,
            EngineMetrics metrics,
            DeliveryProperties limits) {
        return new HopTools(
                codec,
                sailorFrames,
                seal,
                router,
                replies,
                rebounds,
                snapshots,
                publisher,
                recorder,
                ids,
                clock,
                metrics,
                limits,
                // A third of the heap: answers of called servers have a quarter, and the rest is for everything else.
                new LargeDeliveries(Runtime.getRuntime().maxMemory() / 3));
    }
}
