package dev.weft.gateway.webhook;

import com.rabbitmq.client.AMQP;
import dev.weft.common.flowmessage.EffectKey;
import dev.weft.common.flowmessage.HookDoor;
import dev.weft.common.flowmessage.KickOffHeaders;
import dev.weft.common.flowmessage.MessageCipher;
import dev.weft.common.flowmessage.WebhookCall;
import dev.weft.gateway.body.ReadBody;
import dev.weft.gateway.body.ReadBody.FilePart;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A call as the first message of an execution: the frame of sailor-runtime 14, encrypted in protocol 2, and its AMQP
 * headers. The flow's step {@code webhook:receive} adds the members that begin with {@code _}.
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
        var webhook = new WebhookCall(
                request.getMethod(),
                url(request),
                call.rest(),
                query,
                headers(request, door, body.unpacked()),
                files(body.files()));
        return cipher.encrypt(webhook.frame(json, id, execution, door.flowId(), body.object()));
    }

    private static List<WebhookCall.File> files(List<FilePart> parts) {
        var files = new ArrayList<WebhookCall.File>();
        for (var part : parts) {
            files.add(new WebhookCall.File(
                    files.size() + 1, part.name(), part.filename(), part.contentType(), part.content()));
        }
        return files;
    }

    /** Without those that speak of a coding that has been undone. */
    private static Map<String, Object> headers(HttpServletRequest request, HookDoor door, boolean unpacked) {
        var secret = door.lock().header().orElse("");
        var headers = new LinkedHashMap<String, Object>();
        var names = request.getHeaderNames();
        while (names.hasMoreElements()) {
            var name = names.nextElement();
            var lower = name.toLowerCase(Locale.ROOT);
            // The caller's credentials are removed here, since messages are shown in records.
            if (!lower.equals("authorization")
                    && !lower.equals("proxy-authorization")
                    && !lower.equals("cookie")
                    && !lower.equals(secret)
                    && !(unpacked && (lower.equals("content-encoding") || lower.equals("content-length")))) {
                headers.put(lower, String.join(", ", Collections.list(request.getHeaders(name))));
            }
        }
        return headers;
    }

    private static String url(HttpServletRequest request) {
        var query = request.getQueryString();
        return query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query;
    }

    /** @param replyTo the route of a reply; null when nobody waits for one */
    static AMQP.BasicProperties.Builder properties(
            HookDoor door, String messageId, String execution, long now, @Nullable String replyTo) {
        var headers = new KickOffHeaders(
                messageId,
                execution,
                door.flowId(),
                door.runId(),
                door.workspaceId(),
                door.userId(),
                door.stepId(),
                "webhook",
                EffectKey.kickOff(door.flowId(), execution),
                now,
                replyTo,
                null);
        return new AMQP.BasicProperties.Builder()
                .contentType("application/json")
                .contentEncoding("utf8")
                .deliveryMode(2)
                .headers(headers.written());
    }
}
