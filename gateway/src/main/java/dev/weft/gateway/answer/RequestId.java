package dev.weft.gateway.answer;

import dev.weft.common.id.Ids;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** The id by which one request is found in headers, logs and error documents: the caller's own, else a new one. */
public final class RequestId {

    public static final String HEADER = "X-Request-Id";
    private static final String ATTRIBUTE = RequestId.class.getName();
    private static final int LONGEST = 128;

    private RequestId() {}

    /** At the request's beginning; the answer tells it. */
    public static void begin(HttpServletRequest request, HttpServletResponse response, Ids ids) {
        var own = request.getHeader(HEADER);
        var id = own != null && isFit(own) ? own : ids.nextHex32();
        request.setAttribute(ATTRIBUTE, id);
        response.setHeader(HEADER, id);
    }

    /** Of a request that came through the edge. */
    public static String of(HttpServletRequest request) {
        return String.valueOf(request.getAttribute(ATTRIBUTE));
    }

    /** Visible ASCII without what could break a log line or a header. */
    private static boolean isFit(String id) {
        return !id.isEmpty()
                && id.length() <= LONGEST
                && id.chars().allMatch(c -> c > ' ' && c < 127 && c != '"' && c != '\\' && c != '<');
    }
}
