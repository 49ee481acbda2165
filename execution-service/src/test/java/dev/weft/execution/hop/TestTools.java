package dev.weft.execution.hop;

import dev.weft.common.flowmessage.MessageCipher;
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
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/** What hops of tests work with. */
public final class TestTools {

    public static final String PASSWORD = "a message password";
    public static final String IV = "sixteen letters.";
    public static final MessageCodec CODEC =
            new MessageCodec(JsonMapper.builder().build(), new MessageCipher(PASSWORD, IV));
    static final DeliveryProperties LIMITS = new DeliveryProperties(50_000, DataSize.ofMegabytes(64));

    private TestTools() {}

    public static HopTools of(
            Rebounds rebounds,
            Snapshots snapshots,
            FlowPublisher publisher,
            Recorder recorder,
            Ids ids,
            EngineMetrics metrics) {
        return of(rebounds, snapshots, publisher, recorder, ids, metrics, LIMITS);
    }

    static HopTools of(
            Rebounds rebounds,
            Snapshots snapshots,
            FlowPublisher publisher,
            Recorder recorder,
            Ids ids,
            EngineMetrics metrics,
            DeliveryProperties limits) {
        return new HopTools(
                CODEC,
                new SailorFrames(CODEC),
                new CarriedSeal("a secret"),
                new Router(ids),
                new Replies(CODEC, new ReplyProperties("")),
                rebounds,
                snapshots,
                publisher,
                recorder,
                ids,
                Clock.systemUTC(),
                metrics,
                limits,
                new LargeDeliveries(64 << 20));
    }
}
