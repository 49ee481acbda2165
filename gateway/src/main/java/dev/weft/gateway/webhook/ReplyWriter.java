package dev.weft.gateway.webhook;

import dev.weft.gateway.edge.RequestId;
import dev.weft.gateway.route.HopByHop;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Writes a flow's answer: its headers without those of one hop, or that no header can be. */
final class ReplyWriter {

    private ReplyWriter() {}

    static void write(FlowReply.Answer answer, HttpServletResponse response) throws IOException {
        response.setStatus(answer.status());
        var connection = answer.headers().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("Connection"))
                .flatMap(header -> header.getValue().stream())
                .reduce("", (all, each) -> all + "," + each);
        answer.headers().forEach((name, values) -> {
            if (goesOut(name, connection)) {
                values.stream().filter(ReplyWriter::isValue).forEach(value -> response.addHeader(name, value));
            }
        });
        if (isValue(answer.contentType())) {
            response.setContentType(answer.contentType());
        }
        if (answer.status() != 204 && answer.status() != 304) {
            response.setContentLength(answer.body().length);
            response.getOutputStream().write(answer.body());
        }
    }

    private static boolean goesOut(String name, String connection) {
        return isName(name)
                && !HopByHop.contains(name, connection)
                && !name.equalsIgnoreCase("Content-Length")
                && !name.equalsIgnoreCase("Date")
                && !name.equalsIgnoreCase(RequestId.HEADER);
    }

    /** A token as RFC 9110 5.6.2 has it. */
    private static boolean isName(String name) {
        return !name.isEmpty()
                && name.chars()
                        .allMatch(c -> (Character.isLetterOrDigit(c) && c < 128) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
    }

    /** No line breaks or other control characters; nothing that is more than one byte. */
    private static boolean isValue(String value) {
        return value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 256 && c != 127));
    }
}
