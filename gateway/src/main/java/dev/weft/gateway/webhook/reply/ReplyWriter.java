package dev.weft.gateway.webhook.reply;

import dev.weft.common.flowmessage.OriginHeaders;
import dev.weft.gateway.answer.SecurityHeaders;
import dev.weft.gateway.answer.WebhookHost;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes a flow's answer, which has been checked: everything in it can be written. */
public final class ReplyWriter {

    private ReplyWriter() {}

    /** @param ownHost the webhooks' own host, which the call came to; null: the reply shares its origin with log-in */
    public static void write(FlowReply.Answer answer, @Nullable WebhookHost ownHost, HttpServletResponse response)
            throws IOException {
        response.setStatus(answer.status());
        SecurityHeaders.yieldToFlow(answer.headers()::contain, ownHost != null, response);
        for (var header : answer.headers().all()) {
            if (goesOut(header, ownHost)) {
                write(header, response);
            }
        }
        response.setContentType(answer.body().contentType());
        // These have no content (RFC 9110 6.4.1); clients would take bytes after them for the next answer.
        if (answer.status() != 204 && answer.status() != 304) {
            response.setContentLength(answer.body().bytes().length);
            response.getOutputStream().write(answer.body().bytes());
        }
    }

    private static boolean goesOut(ReplyHeaders.Header header, @Nullable WebhookHost ownHost) {
        return ownHost == null
                ? !OriginHeaders.contains(header.name())
                : !header.name().equalsIgnoreCase("Set-Cookie") || ownHost.keeps(header.value());
    }

    /** Access-Control-* headers of the flow's reply replace those set from the trigger's {@code cors_origins}. */
    private static void write(ReplyHeaders.Header header, HttpServletResponse response) {
        if (header.name().toLowerCase(Locale.ROOT).startsWith("access-control-")) {
            response.setHeader(header.name(), header.value());
        } else {
            response.addHeader(header.name(), header.value());
        }
    }
}
