package dev.weft.gateway.webhook;

import com.rabbitmq.client.AMQP;
import dev.weft.common.flowmessage.CallFiles;
import dev.weft.common.flowmessage.EffectKey;
import dev.weft.common.flowmessage.FlowHeaders;
import dev.weft.common.flowmessage.MessageCipher;
import dev.weft.gateway.body.FilePart;
import dev.weft.gateway.body.ReadBody;
import dev.weft.gateway.webhook.door.HookDoor;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * A call as the first message of an execution: the frame of sailor-runtime 14, encrypted in protocol 2, and its AMQP
 * headers. The step {@code webhook:receive} adds the {@code _} members.
 */
final class KickOff {

    private final JsonMapper json;
    private final MessageCipher cipher;

    KickOff(JsonMapper json, MessageCipher cipher) {
        this.json = json;
        this.cipher = cipher;
    }

    byte[] frame(
            String id,
            String execution,
            HttpServletRequest request,
            HookCall call,
            HookDoor door,
            Map<String, Object> query,
            ReadBody body) {
        var frame = new ByteArrayOutputStream(body.object().length + 1024);
        try (var out = json.createGenerator(frame, JsonEncoding.UTF8)) {
            out.writeStartObject();
            out.writeStringProperty("id", id);
            out.writeName("attachments");
            writeFiles(out, execution, body.files());
            out.writeName("metadata").writeStartObject().writeEndObject();
            out.writeName("headers");
            writeHeaders(out, request, door, body.unpacked());
            out.writePOJOProperty("query", query);
            out.writePOJOProperty("params", Map.of("taskId", door.flowId()));
            out.writeStringProperty("method", request.getMethod());
            var url = url(request);
            out.writeStringProperty("url", url);
            out.writeStringProperty("originalUrl", url);
            if (call.rest() != null) {
                out.writeStringProperty("additionalUrlPath", call.rest());
            }
            out.writeName("body");
            // Checked before: one JSON object, byte by byte as the caller sent it.
            out.writeRawValue("");
            out.flush();
            frame.writeBytes(body.object());
            if (!body.files().isEmpty()) {
                out.writeName(CallFiles.CONTENTS);
                writeContents(out, body.files());
            }
            out.writeEndObject();
        }
        return cipher.encrypt(frame.toByteArray());
    }

    /** As all messages of the execution have them: by reference. */
    private static void writeFiles(JsonGenerator out, String execution, List<FilePart> files) {
        out.writeStartObject();
        for (var n = 1; n <= files.size(); n++) {
            var file = files.get(n - 1);
            out.writeName(file.name()).writeStartObject();
            out.writeStringProperty("url", CallFiles.url(execution, n));
            out.writeStringProperty("content-type", file.contentType());
            out.writeNumberProperty("size", file.content().length);
            file.filename().ifPresent(name -> out.writeStringProperty("filename", name));
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    private static void writeContents(JsonGenerator out, List<FilePart> files) {
        out.writeStartObject();
        for (var file : files) {
            out.writeName(file.name()).writeBinary(file.content());
        }
        out.writeEndObject();
    }

    /** Without those that speak of a coding that has been undone. */
    private static void writeHeaders(JsonGenerator out, HttpServletRequest request, HookDoor door, boolean unpacked) {
        var secret = door.lock().header().orElse("");
        out.writeStartObject();
        var names = request.getHeaderNames();
        while (names.hasMoreElements()) {
            var name = names.nextElement();
            var lower = name.toLowerCase(Locale.ROOT);
            if (!lower.equals("authorization")
                    && !lower.equals("proxy-authorization")
                    && !lower.equals("cookie")
                    && !lower.equals(secret)
                    && !(unpacked && (lower.equals("content-encoding") || lower.equals("content-length")))) {
                out.writeStringProperty(lower, String.join(", ", Collections.list(request.getHeaders(name))));
            }
        }
        out.writeEndObject();
    }

    private static String url(HttpServletRequest request) {
        var query = request.getQueryString();
        return query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query;
    }

    /** @param replyTo the route of a reply; null when nobody waits for one */
    static AMQP.BasicProperties.Builder properties(
            HookDoor door, String messageId, String execution, long now, @Nullable String replyTo) {
        var headers = new HashMap<String, Object>(24);
        headers.put(FlowHeaders.MESSAGE_ID, messageId);
        headers.put(FlowHeaders.THREAD_ID, execution);
        headers.put(FlowHeaders.TASK_ID, door.flowId());
        headers.put(FlowHeaders.EXEC_ID, door.runId());
        headers.put(FlowHeaders.WORKSPACE_ID, door.workspaceId());
        headers.put(FlowHeaders.PROTOCOL_VERSION, 2);
        headers.put(FlowHeaders.EFFECT, EffectKey.kickOff(door.flowId(), execution));
        headers.put(FlowHeaders.TARGET, door.stepId());
        headers.put(FlowHeaders.TRIGGER, "webhook");
        headers.put(FlowHeaders.STARTED, now);
        if (door.userId() != null) {
            headers.put(FlowHeaders.USER_ID, door.userId());
        }
        if (replyTo != null) {
            headers.put(FlowHeaders.REPLY_TO, replyTo);
        }
        return new AMQP.BasicProperties.Builder()
                .contentType("application/json")
                .contentEncoding("utf8")
                .deliveryMode(2)
                .headers(headers);
    }
}
