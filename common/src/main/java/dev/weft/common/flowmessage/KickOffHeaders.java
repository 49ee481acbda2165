package dev.weft.common.flowmessage;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a kick-off, the first message of an execution, as whoever fires a flow writes them.
 *
 * @param execution   the API's exec_id
 * @param runId       one start of one version
 * @param stepId      the first step
 * @param trigger     webhook, timer, manual, ..
 * @param cause       what fired it, such as the call or the due instant: the same cause has the same effect
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
        String cause,
        long startedAtMs,
        @Nullable String replyTo,
        @Nullable String watcher) {

    /** It becomes the last word of a routing key, so it has no dot. */
    private static final Pattern WATCHER = Pattern.compile("[a-z0-9-]{1,60}");

    public KickOffHeaders {
        if (watcher != null && !WATCHER.matcher(watcher).matches()) {
            throw new IllegalArgumentException("No name of a watcher: " + watcher);
        }
    }

    /**
     * Who watches the execution that begins with a message; nobody, when it is no kick-off: what comes of one does not
     * bear the header, since the execution's record has it.
     */
    public static Optional<String> watcher(Map<String, Object> headers) {
        // Strings come as the client's long strings.
        return headers.containsKey(FlowHeaders.PARENT_MESSAGE_ID)
                ? Optional.empty()
                : Optional.ofNullable(headers.get(FlowHeaders.WATCH))
                        .map(Object::toString)
                        .filter(name -> WATCHER.matcher(name).matches());
    }

    /** For the broker. */
    public Map<String, Object> written() {
        var headers = new HashMap<String, Object>(24);
        headers.put(FlowHeaders.MESSAGE_ID, messageId);
        headers.put(FlowHeaders.THREAD_ID, execution);
        headers.put(FlowHeaders.TASK_ID, flowId);
        headers.put(FlowHeaders.EXEC_ID, runId);
        headers.put(FlowHeaders.WORKSPACE_ID, workspaceId);
        headers.put(FlowHeaders.PROTOCOL_VERSION, 2);
        headers.put(FlowHeaders.EFFECT, EffectKey.kickOff(flowId, cause));
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
