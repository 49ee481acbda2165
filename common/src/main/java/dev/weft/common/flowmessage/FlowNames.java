package dev.weft.common.flowmessage;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names of queues, exchanges and keys of flows; dotted, since topic wildcards match between dots only.
 *
 * <table>
 *   <caption>Examples for flow F, step S, run R</caption>
 *   <tr><td>{@link #messages}</td><td>{@code F.S.R.messages}</td></tr>
 *   <tr><td>{@link #frames}</td><td>{@code F.S.R.frames}</td></tr>
 *   <tr><td>{@link #exchange}</td><td>{@code F.R}</td></tr>
 *   <tr><td>{@link #key}</td><td>{@code F.S.R.message}, {@code .error}, ..</td></tr>
 *   <tr><td>{@link #reply}</td><td>{@code reply.<gateway instance>.<exec_id>}</td></tr>
 *   <tr><td>{@link #replies}</td><td>{@code reply.<gateway instance>}, that instance's exclusive queue</td></tr>
 * </table>
 */
public final class FlowNames {

    private static final String REBOUNDS = "weft.rebound.";

    public static final String DEAD_LETTERS = "weft.flow-dead-letters";

    /** The kinds of what sailors publish; named one by one where they are bound, since no sailor may send as we do. */
    public static final List<String> FRAMES = List.of("message", "error", "rebound", "snapshot");

    private static final Pattern REPLY = Pattern.compile("reply\\.[A-Za-z0-9_-]{1,100}\\.[A-Za-z0-9_-]{1,100}");

    private FlowNames() {}

    /** The queue of a step, or of several steps that one worker does; {@code step} is then the first of them. */
    public static String messages(String flow, String step, String run) {
        return flow + "." + step + "." + run + ".messages";
    }

    /**
     * What a sailor's process publishes waits here for a worker of ours, and so does what is sent to its step from
     * elsewhere, such as a kick-off; {@link #messages} is then the queue that the process itself takes from.
     */
    public static String frames(String flow, String step, String run) {
        return flow + "." + step + "." + run + ".frames";
    }

    /** Where the sailors of a run publish. */
    public static String exchange(String flow, String run) {
        return flow + "." + run;
    }

    /** A sailor's routing key; {@code kind} is one of {@link #FRAMES}. */
    public static String key(String flow, String step, String run, String kind) {
        return flow + "." + step + "." + run + "." + kind;
    }

    /** The broker's routing key for what a sailor has rejected. */
    public static String deadLetterKey(String flow, String step, String run) {
        return key(flow, step, run, "deadletter");
    }

    public static String rebounds(String tenant, long delaySeconds) {
        return REBOUNDS + tenant + "." + delaySeconds + "s";
    }

    /** How long messages wait that are published to the exchange; empty: it is none of {@link #rebounds}. */
    public static Optional<Duration> waitOf(String exchange) {
        return exchange.startsWith(REBOUNDS) && exchange.endsWith("s")
                ? Optional.of(Duration.ofSeconds(
                        Long.parseLong(exchange, exchange.lastIndexOf('.') + 1, exchange.length() - 1, 10)))
                : Optional.empty();
    }

    /** Whether a routing key is that of an answer to a waiting caller. */
    public static boolean isReply(String key) {
        return key.startsWith("reply.");
    }

    public static String replies(String instance) {
        return "reply." + instance;
    }

    public static String reply(String instance, String execution) {
        return "reply." + instance + "." + execution;
    }

    /** Whether a text is one that {@link #reply} may have made: a sailor writes what it likes. */
    public static boolean isReplyRoute(String text) {
        return REPLY.matcher(text).matches();
    }

    /** The queue in which a reply route ends. */
    public static String repliesOf(String replyTo) {
        return replyTo.substring(0, replyTo.lastIndexOf('.'));
    }
}
