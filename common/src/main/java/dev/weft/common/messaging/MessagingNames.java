package dev.weft.common.messaging;

import java.time.Duration;

/**
 * Names of the suite's exchanges and queues.
 *
 * <table>
 *   <caption>Examples</caption>
 *   <tr><td>{@code weft.events}</td><td>topic exchange; routing key is the type, {@code flow.state-changed}</td></tr>
 *   <tr><td>{@code weft.commands}</td><td>direct exchange; routing key is the service, {@code execution-service}</td></tr>
 *   <tr><td>{@code weft.flow-service.events}</td><td>what flow-service must do about facts</td></tr>
 *   <tr><td>{@code weft.execution-service.commands}</td><td>work for execution-service</td></tr>
 *   <tr><td>{@code weft.wait.30s}</td><td>fanout exchange and queue of messages that wait so long for their next attempt;
 *       their routing key is the queue they go back to</td></tr>
 *   <tr><td>{@code weft.dead}</td><td>messages that no attempt could handle</td></tr>
 * </table>
 */
public final class MessagingNames {

    public static final String EVENTS = "weft.events";
    public static final String COMMANDS = "weft.commands";
    public static final String DEAD = "weft.dead";

    private MessagingNames() {}

    static String eventQueue(String service) {
        return "weft." + service + ".events";
    }

    static String commandQueue(String service) {
        return "weft." + service + ".commands";
    }

    /** One queue a wait, for all services: mixed waits in one queue would wait for the longest. */
    static String waiting(Duration wait) {
        return "weft.wait." + wait.toSeconds() + "s";
    }

    static String instanceQueue(String service, String random) {
        return "weft.instance." + service + "." + random;
    }
}
