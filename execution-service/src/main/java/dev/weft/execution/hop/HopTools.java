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
import dev.weft.execution.routing.Router;
import dev.weft.execution.sailor.SailorFrames;
import dev.weft.execution.snapshot.Snapshots;
import java.time.Clock;

/** The services that every hop uses. */
public record HopTools(
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
        DeliveryProperties limits,
        LargeDeliveries large) {}
