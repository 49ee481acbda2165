package dev.weft.gateway.answer;

import dev.weft.common.id.Ids;
import jakarta.servlet.http.HttpServletRequest;

/** The id by which one request is found in headers, logs and error documents: the caller's own, else a new one. */
public final class RequestId {

    public static final String HEADER = "X-Request-Id";
    private static final int LONGEST = 128;

    private RequestId() {}

    public static String of(HttpServletRequest request, Ids ids) {
        var own = request.getHeader(HEADER);
        return own != null && isFit(own) ? own : ids.nextHex32();
    }

    /** Visible ASCII without what could break a log line or a header. */
    private static boolean isFit(String id) {
        return !id.isEmpty()
                && id.length() <= LONGEST
                && id.chars().allMatch(c -> c > ' ' && c < 127 && c != '"' && c != '\\' && c != '<');
    }
}
