package dev.weft.execution.message;

import dev.weft.common.flowmessage.FlowHeaders;
import dev.weft.common.flowmessage.FlowNames;
import dev.weft.common.flowmessage.KickOffHeaders;
import dev.weft.common.id.Ids;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The AMQP headers of a flow message, as named values (sailor-runtime 7).
 *
 * @param messageId       new for each publish
 * @param parentMessageId the message from which this one came; null on a kick-off
 * @param execution       the API's exec_id ({@code threadId})
 * @param source          the step that produced the message; null on a kick-off
 * @param target          the step it is for; null: the first step of its queue
 * @param effectKey       identifies the message's effect; the same when the work is repeated after a crash
 * @param rebounds        how often it has been sent back to wait
 * @param retries         how often its step has tried again: by rebounds, and in place before them
 * @param replyTo         where a waiting webhook caller is answered
 * @param trigger         what fired the execution
 * @param startedAt       when the execution began, milliseconds since 1970
 * @param protocol        1 or 2: how the body is written
 * @param meta            free metadata that travels through all steps
 */
public record MessageEnvelope(
        String messageId,
        @Nullable String parentMessageId,
        String execution,
        @Nullable String source,
        @Nullable String target,
        String effectKey,
        int rebounds,
        int retries,
        @Nullable String replyTo,
        String trigger,
        long startedAt,
        int protocol,
        Map<String, Object> meta) {

    /** Nobody else sets it or reads it. */
    private static final String RETRIES = "x-weft-retries";

    /** Of an id or name; what is longer is none of ours, and would be kept with each step of its execution. */
    private static final int LONGEST = 1000;

    /**
     * {@code execution.effect.rebounds.retries.trigger.started.seal}: of a message that is given to a sailor, as free metadata,
     * the only thing of ours that all sailors hand on.
     */
    private static final String CARRIED = FlowHeaders.META_PREFIX + "weft";

    /** Of a message that begins an execution; of its headers, only free metadata is not in the record. */
    public static MessageEnvelope of(KickOffHeaders kickOff, Map<String, Object> headers) {
        return new MessageEnvelope(
                kickOff.messageId(),
                null,
                kickOff.execution(),
                null,
                kickOff.stepId(),
                kickOff.effectKey(),
                0,
                0,
                kickOff.replyTo(),
                kickOff.trigger(),
                kickOff.startedAtMs(),
                2,
                meta(headers));
    }

    /**
     * Reads headers of a step, or of whoever writes no {@link KickOffHeaders}. What is missing is replaced, since nothing
     * may be lost for it; ids of another form than ours stand for one of ours, the same each time.
     */
    public static MessageEnvelope read(Map<String, Object> headers, String newId, long now) {
        var messageId = text(headers, FlowHeaders.MESSAGE_ID, newId);
        var rebounds = number(headers, FlowHeaders.REBOUND_ITERATION, 0);
        return new MessageEnvelope(
                messageId,
                find(headers, FlowHeaders.PARENT_MESSAGE_ID),
                execution(text(headers, FlowHeaders.THREAD_ID, messageId)),
                find(headers, FlowHeaders.STEP_ID),
                find(headers, FlowHeaders.TARGET),
                effectKey(text(headers, FlowHeaders.EFFECT, messageId)),
                (int) rebounds,
                (int) number(headers, RETRIES, rebounds),
                replyTo(headers),
                text(headers, FlowHeaders.TRIGGER, "webhook"),
                number(headers, FlowHeaders.STARTED, now),
                protocolOf(headers),
                meta(headers));
    }

    /**
     * Reads the headers of a sailor's frame into those of the message that it is about. A rebound of the Node sailor and a
     * dead letter have that message's own headers, but a rebound counts itself. What does not bear our seal is of no message
     * of ours: an execution of its own.
     */
    public static MessageEnvelope ofFrame(
            Map<String, Object> headers, String flow, CarriedSeal seal, String newId, long now) {
        var own = headers.containsKey(FlowHeaders.TARGET);
        var messageId = text(headers, FlowHeaders.MESSAGE_ID, newId);
        // A sailor's frame has an id of its own; the message that it is about is its parent.
        if (!own) {
            messageId = text(headers, FlowHeaders.PARENT_MESSAGE_ID, messageId);
        }
        var unknown = flow + ":" + text(headers, FlowHeaders.THREAD_ID, messageId);
        var carried = seal.open(flow, text(headers, CARRIED, ""))
                .map(text -> text.split("\\.", -1))
                .orElseGet(() -> new String[] {unknown, flow + ":" + newId, "0", "0", "polling", String.valueOf(now)});
        return new MessageEnvelope(
                messageId,
                own ? find(headers, FlowHeaders.PARENT_MESSAGE_ID) : null,
                execution(carried[0]),
                own ? find(headers, FlowHeaders.STEP_ID) : null,
                find(headers, own ? FlowHeaders.TARGET : FlowHeaders.STEP_ID),
                effectKey(carried[1]),
                Integer.parseInt(carried[2]),
                Integer.parseInt(carried[3]),
                replyTo(headers),
                carried[4],
                Long.parseLong(carried[5]),
                protocolOf(headers),
                meta(headers));
    }

    /** 2: the frame is raw; 1: base64. */
    public static int protocolOf(Map<String, Object> headers) {
        return (int) number(headers, FlowHeaders.PROTOCOL_VERSION, 1);
    }

    /** The headers to give it to a sailor with; {@code run} as in {@link #headers}. */
    public Map<String, Object> sailorHeaders(Map<String, Object> run, String flow, CarriedSeal seal) {
        var headers = headers(run);
        var carried = String.join(
                ".",
                execution,
                effectKey,
                String.valueOf(rebounds),
                String.valueOf(retries),
                trigger,
                String.valueOf(startedAt));
        headers.put(CARRIED, seal.sealed(flow, carried));
        return headers;
    }

    /** The same message, sent once more. */
    public MessageEnvelope again(String newId) {
        return new MessageEnvelope(
                newId,
                parentMessageId,
                execution,
                source,
                target,
                effectKey,
                rebounds,
                retries,
                replyTo,
                trigger,
                startedAt,
                2,
                meta);
    }

    /** The headers to publish it with; {@code run}: those that all messages of a run share. */
    public Map<String, Object> headers(Map<String, Object> run) {
        var headers = new HashMap<String, Object>(run);
        headers.putAll(meta);
        headers.put(FlowHeaders.MESSAGE_ID, messageId);
        put(headers, FlowHeaders.PARENT_MESSAGE_ID, parentMessageId);
        headers.put(FlowHeaders.THREAD_ID, execution);
        put(headers, FlowHeaders.STEP_ID, source);
        put(headers, FlowHeaders.TARGET, target);
        headers.put(FlowHeaders.EFFECT, effectKey);
        if (rebounds > 0) {
            headers.put(FlowHeaders.REBOUND_ITERATION, rebounds);
            headers.put(RETRIES, retries);
        }
        put(headers, FlowHeaders.REPLY_TO, replyTo);
        headers.put(FlowHeaders.TRIGGER, trigger);
        headers.put(FlowHeaders.STARTED, startedAt);
        headers.put(FlowHeaders.PROTOCOL_VERSION, protocol);
        return headers;
    }

    /** The message over an edge: written by us, so protocol 2. */
    public MessageEnvelope next(String newId, String from, String to, String key) {
        return new MessageEnvelope(
                newId, messageId, execution, from, to, key, 0, 0, replyTo, trigger, startedAt, 2, meta);
    }

    /**
     * The same message once more after a wait.
     *
     * @param inPlace retries that the step has made since it came
     */
    public MessageEnvelope rebound(String newId, String step, int inPlace) {
        return new MessageEnvelope(
                newId,
                parentMessageId,
                execution,
                source,
                step,
                effectKey,
                rebounds + 1,
                retries + inPlace + 1,
                replyTo,
                trigger,
                startedAt,
                2,
                meta);
    }

    /** 1 for the first delivery, one more for each rebound. */
    public int attempt() {
        return rebounds + 1;
    }

    /** Null for anything but a place where a gateway waits: a sailor may write what it likes. */
    private static @Nullable String replyTo(Map<String, Object> headers) {
        var replyTo = find(headers, FlowHeaders.REPLY_TO);
        return replyTo != null && FlowNames.isReplyRoute(replyTo) ? replyTo : null;
    }

    private static String execution(String thread) {
        return Ids.isExecution(thread) ? thread : Ids.sha256(thread).substring(0, 32);
    }

    private static String effectKey(String given) {
        return Ids.isVersion(given) ? given : Ids.sha1(given);
    }

    /** Names in lower case, in which they are handed on (sailor-runtime 7.1). */
    private static Map<String, Object> meta(Map<String, Object> headers) {
        Map<String, Object> meta = Map.of();
        for (var header : headers.entrySet()) {
            var name = header.getKey().toLowerCase(Locale.ROOT);
            if (name.startsWith(FlowHeaders.META_PREFIX) && !name.equals(CARRIED)) {
                if (meta.isEmpty()) {
                    meta = new HashMap<>();
                }
                meta.put(name, String.valueOf(header.getValue()));
            }
        }
        return meta;
    }

    private static void put(Map<String, Object> headers, String name, @Nullable String value) {
        if (value != null) {
            headers.put(name, value);
        }
    }

    private static String text(Map<String, Object> headers, String name, String otherwise) {
        var value = find(headers, name);
        return value == null ? otherwise : value;
    }

    /** Strings come as the client's long strings. */
    private static @Nullable String find(Map<String, Object> headers, String name) {
        var value = headers.get(name);
        if (value == null) {
            return null;
        }
        var text = value.toString();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }

    /** Integers come in any width (sailor-runtime 7.2). */
    private static long number(Map<String, Object> headers, String name, long otherwise) {
        return headers.get(name) instanceof Number number ? number.longValue() : otherwise;
    }
}
