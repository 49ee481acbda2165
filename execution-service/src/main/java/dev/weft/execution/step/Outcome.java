package dev.weft.execution.step;

import dev.weft.common.egress.ShownText;
import dev.weft.execution.message.StepMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One result of a step's work. A step may have several, in order. */
public sealed interface Outcome {

    /** A message for the steps behind; its passthrough is filled by the router. */
    record Data(StepMessage message) implements Outcome {}

    /**
     * A failure that the step reports and goes on; a thrown {@link StepFailure} means the same and ends the work.
     *
     * @param quoting whether the message quotes values of the message or of a called server's answer, or may do so
     */
    record Failed(String name, String message, String stack, boolean quoting) implements Outcome {

        /** What a component says, or a flow's own code: nobody can tell what it quotes. */
        public Failed(String name, String message, String stack) {
            this(name, message, stack, true);
        }

        public static Failed of(StepFailure failure) {
            return new Failed(failure.name(), failure.text(), failure.shownStack(), failure.isQuoting());
        }
    }

    /**
     * The step wants the same message again later.
     *
     * @param reason  shortened, and without the users of addresses, since it is stored
     * @param delay   null: the platform's series of 15 s, 30 s, ... (sailor-runtime 11)
     * @param inPlace retries that the step has made by itself during this work
     */
    record Rebound(String reason, @Nullable Duration delay, int inPlace) implements Outcome {

        /** It travels as a header, of which the broker takes only so much. */
        private static final int LONGEST_REASON = 1000;

        public Rebound {
            reason = ShownText.withoutUsers(reason);
            reason = reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON);
        }

        public Rebound(String reason, @Nullable Duration delay) {
            this(reason, delay, 0);
        }
    }

    /**
     * The answer to the waiting webhook caller (api-v2 11.6); a text body is sent as it is, other values as JSON.
     *
     * @param headers with all values of each
     */
    record Reply(
            int status,
            Map<String, List<String>> headers,
            @Nullable Object body) implements Outcome {}

    /** A line for the flow's log; {@code level} is the contract's number (30 info, 40 warn, ...). */
    record Log(int level, String message) implements Outcome {}

    /**
     * The snapshot that the step wants to keep; {@code merge}: its members are merged, not deeply, into the stored one.
     */
    record Snapshot(@Nullable Object value, boolean merge) implements Outcome {}
}
