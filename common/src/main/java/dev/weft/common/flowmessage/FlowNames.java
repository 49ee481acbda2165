package dev.weft.common.flowmessage;

/**
 * Names of queues, exchanges and keys of flows; dotted, since topic wildcards match between dots only.
 *
 * <table>
 *   <caption>Examples for flow F, step S, run R</caption>
 *   <tr><td>{@link #messages}</td><td>{@code F.S.R.messages}</td></tr>
 *   <tr><td>{@link #reply}</td><td>{@code reply.<gateway instance>.<exec_id>}</td></tr>
 *   <tr><td>{@link #replies}</td><td>{@code reply.<gateway instance>}, that instance's exclusive queue</td></tr>
 * </table>
 */
public final class FlowNames {

    public static final String DEAD_LETTERS = "weft.flow-dead-letters";

    private FlowNames() {}

    /** The queue of a step, or of several steps that one worker does; {@code step} is then the first of them. */
    public static String messages(String flow, String step, String run) {
        return flow + "." + step + "." + run + ".messages";
    }

    public static String rebounds(String tenant, long delaySeconds) {
        return "weft.rebound." + tenant + "." + delaySeconds + "s";
    }

    public static String replies(String instance) {
        return "reply." + instance;
    }

    public static String reply(String instance, String execution) {
        return "reply." + instance + "." + execution;
    }

    /** The queue in which a reply route ends. */
    public static String repliesOf(String replyTo) {
        return replyTo.substring(0, replyTo.lastIndexOf('.'));
    }
}
