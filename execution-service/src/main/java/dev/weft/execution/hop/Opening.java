package dev.weft.execution.hop;

import dev.weft.common.flowmessage.FlowHeaders;
import dev.weft.common.flowmessage.KickOffHeaders;
import dev.weft.common.id.Ids;
import dev.weft.execution.failure.Failure;
import dev.weft.execution.message.MessageEnvelope;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.plan.PlannedStep;
import dev.weft.execution.queue.Delivery;
import dev.weft.execution.routing.Arrival;
import dev.weft.execution.settling.ConfirmRound;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a delivery: its headers, its body as a message, and the step that it is for. */
final class Opening {

    private final Passage passage;

    Opening(Passage passage) {
        this.passage = passage;
    }

    /**
     * What was read.
     *
     * @param failure why it can not be read; null: it can
     */
    record Opened(Arrival arrival, @Nullable Failure failure) {}

    /** Begins to see to a delivery; nothing of its body is read yet. */
    static Passage of(HopTools tools, WorkedRun run, Delivery delivery, ConfirmRound round) {
        // A sailor may write what it likes, and its frames begin nothing that somebody else has asked for.
        var kickOff = delivery.isRouted() ? Optional.<KickOffHeaders>empty() : KickOffHeaders.read(delivery.headers());
        var envelope = kickOff.map(read -> MessageEnvelope.of(read, delivery.headers()))
                .orElseGet(() -> envelope(tools, run, delivery));
        // Frames about the same message may share its id, so the log lines of each get the frame's own id as well.
        var frame = delivery.isRouted() ? delivery.headers().get(FlowHeaders.MESSAGE_ID) + fingerprint(delivery) : "";
        var watcher = kickOff.isEmpty() ? null : kickOff.get().watcher();
        var record = new HopRecord(run.plan(), envelope, frame, watcher);
        return new Passage(tools, run, delivery, round, envelope, record);
    }

    private static MessageEnvelope envelope(HopTools tools, WorkedRun run, Delivery delivery) {
        var newId = tools.ids().nextHex32();
        var now = tools.clock().millis();
        // Messages of this service have an effect key. A frame of a sailor, or a message from elsewhere, has to bear
        // our seal instead.
        return delivery.isRouted() || !delivery.headers().containsKey(FlowHeaders.EFFECT)
                ? MessageEnvelope.ofFrame(delivery.headers(), run.plan().flow().id(), tools.seal(), newId, now)
                : MessageEnvelope.read(delivery.headers(), newId, now);
    }

    private static String fingerprint(Delivery delivery) {
        return HexFormat.of().formatHex(Ids.digest("SHA-1", delivery.body()));
    }

    /** @throws IllegalArgumentException when the version has no such step */
    Opened open() {
        StepMessage message;
        try {
            message = decoded();
        } catch (IllegalArgumentException e) {
            return new Opened(anyhow(), Failure.unreadable(String.valueOf(e.getMessage())));
        }
        var target = passage.envelope().target();
        return new Opened(arrived(target == null ? firstStep() : passage.plan().step(target), message), null);
    }

    /** At the step it is for, as far as that is known; what can not be read is kept as it came. */
    Arrival anyhow() {
        var target = passage.envelope().target();
        var step =
                target == null ? Optional.<PlannedStep>empty() : passage.plan().find(target);
        StepMessage message;
        try {
            message = decoded();
        } catch (IllegalArgumentException e) {
            message = StepMessage.of(Map.of(
                    "$undecodable",
                    Base64.getEncoder().encodeToString(passage.delivery().body())));
        }
        return arrived(step.orElseGet(this::firstStep), message);
    }

    private PlannedStep firstStep() {
        return passage.run().firstStep(passage.delivery().queue());
    }

    private StepMessage decoded() {
        var delivery = passage.delivery();
        return Hearing.isRejection(delivery)
                ? passage.tools().sailorFrames().input(delivery)
                : passage.tools()
                        .codec()
                        .decode(delivery.body(), passage.envelope().protocol());
    }

    /** As the delivery says: on a retry an edge may be before the message. */
    private Arrival arrived(PlannedStep step, StepMessage message) {
        var edge = passage.delivery().headers().get(FlowHeaders.EDGE);
        return new Arrival(step, message, passage.envelope(), edge == null ? null : edge.toString());
    }
}
