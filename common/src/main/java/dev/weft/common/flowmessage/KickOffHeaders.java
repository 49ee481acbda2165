package dev.weft.common.flowmessage;

import dev.weft.common.id.Ids;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a kick-off, the first message of an execution, as whoever fires a flow writes them and the engine reads
 * them.
 *
 * @param execution   the API's exec_id
 * @param runId       one start of one version
 * @param stepId      the first step
 * @param trigger     webhook, timer, manual, ..
 * @param effectKey   {@link EffectKey#kickOff}
 * @param startedAtMs since 1970
 * @param replyTo     the route of a reply; null when no caller waits for one
 * @param watcher     who is told of the execution's end, by the fact {@code execution.ended} under the routing key
 *                    {@code execution.ended.<watcher>}, whatever was answered; null: nobody
 */
public record KickOffHeaders(
        String messageId,
        String execution,
        String flowId,
        String runId,
        String workspaceId,
        @Nullable String userId,
        String stepId,
        String trigger,
        String effectKey,
        long startedAtMs,
        @Nullable String replyTo,
        @Nullable String watcher) {

    /** It becomes the last word of a routing key, so it has no dot. */
    private static final Pattern WATCHER = Pattern.compile("[a-z0-9-]{1,60}");

    private static final int PROTOCOL = 2;

    private static final List<String> ALWAYS = List.of(
            FlowHeaders.MESSAGE_ID,
            FlowHeaders.THREAD_ID,
            FlowHeaders.TASK_ID,
            FlowHeaders.EXEC_ID,
            FlowHeaders.WORKSPACE_ID,
            FlowHeaders.TARGET,
            FlowHeaders.TRIGGER,
            FlowHeaders.EFFECT);

    public KickOffHeaders {
        if (watcher != null && !WATCHER.matcher(watcher).matches()) {
            throw new IllegalArgumentException("No name of a watcher: " + watcher);
        }
    }

    /**
     * From a message as it came. Empty for what comes of a kick-off, or is one that comes again after a wait: its
     * execution has begun, and its record knows more. Empty too for what is not written as here.
     */
    public static Optional<KickOffHeaders> read(Map<String, Object> headers) {
        if (headers.containsKey(FlowHeaders.PARENT_MESSAGE_ID)
                || headers.containsKey(FlowHeaders.STEP_ID)
                || headers.containsKey(FlowHeaders.REBOUND_ITERATION)
                || !headers.keySet().containsAll(ALWAYS)
                // Integers come in any width (sailor-runtime 7.2).
                || !(headers.get(FlowHeaders.PROTOCOL_VERSION) instanceof Number protocol)
                || !(headers.get(FlowHeaders.STARTED) instanceof Number started)) {
            return Optional.empty();
        }
        var execution = text(headers, FlowHeaders.THREAD_ID);
        var effectKey = text(headers, FlowHeaders.EFFECT);
        if (protocol.intValue() != PROTOCOL || !Ids.isExecution(execution) || !Ids.isVersion(effectKey)) {
            return Optional.empty();
        }
        return Optional.of(new KickOffHeaders(
                text(headers, FlowHeaders.MESSAGE_ID),
                execution,
                text(headers, FlowHeaders.TASK_ID),
                text(headers, FlowHeaders.EXEC_ID),
                text(headers, FlowHeaders.WORKSPACE_ID),
                find(headers, FlowHeaders.USER_ID).orElse(null),
                text(headers, FlowHeaders.TARGET),
                text(headers, FlowHeaders.TRIGGER),
                effectKey,
                started.longValue(),
                find(headers, FlowHeaders.REPLY_TO)
                        .filter(FlowNames::isReplyRoute)
                        .orElse(null),
                find(headers, FlowHeaders.WATCH)
                        .filter(name -> WATCHER.matcher(name).matches())
                        .orElse(null)));
    }

    /** Strings come as the client's long strings. */
    private static String text(Map<String, Object> headers, String name) {
        return String.valueOf(headers.get(name));
    }

    private static Optional<String> find(Map<String, Object> headers, String name) {
        return Optional.ofNullable(headers.get(name)).map(Object::toString);
    }

    /** For the broker. */
    public Map<String, Object> written() {
        var headers = new HashMap<String, Object>(24);
        headers.put(FlowHeaders.MESSAGE_ID, messageId);
        headers.put(FlowHeaders.THREAD_ID, execution);
        headers.put(FlowHeaders.TASK_ID, flowId);
        headers.put(FlowHeaders.EXEC_ID, runId);
        headers.put(FlowHeaders.WORKSPACE_ID, workspaceId);
        headers.put(FlowHeaders.PROTOCOL_VERSION, PROTOCOL);
        headers.put(FlowHeaders.EFFECT, effectKey);
        headers.put(FlowHeaders.TARGET, stepId);
        headers.put(FlowHeaders.TRIGGER, trigger);
        headers.put(FlowHeaders.STARTED, startedAtMs);
        if (userId != null) {
            headers.put(FlowHeaders.USER_ID, userId);
        }
        if (replyTo != null) {
            headers.put(FlowHeaders.REPLY_TO, replyTo);
        }
        if (watcher != null) {
            headers.put(FlowHeaders.WATCH, watcher);
        }
        return headers;
    }
}
