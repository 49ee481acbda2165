package dev.weft.gateway.webhook;

import dev.weft.common.flowmessage.OriginHeaders;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;

/** Writes a flow's answer, in which nothing is left that could not be written. */
final class ReplyWriter {

    private ReplyWriter() {}

    /** @param apart whether webhooks are called at a host of their own */
    static void write(FlowReply.Answer answer, boolean apart, HttpServletResponse response) throws IOException {
        response.setStatus(answer.status());
        for (var header : answer.headers().all()) {
            if (apart || !OriginHeaders.contains(header.name())) {
                write(header, response);
            }
        }
        response.setContentType(answer.body().contentType());
        if (answer.status() != 204 && answer.status() != 304) {
            response.setContentLength(answer.body().bytes().length);
            response.getOutputStream().write(answer.body().bytes());
        }
    }

    /** What the flow says of other origins counts before what its trigger says. */
    private static void write(ReplyHeaders.Header header, HttpServletResponse response) {
        if (header.name().toLowerCase(Locale.ROOT).startsWith("access-control-")) {
            response.setHeader(header.name(), header.value());
        } else {
            response.addHeader(header.name(), header.value());
        }
    }
}
