package dev.weft.gateway.answer;

import dev.weft.common.jsonapi.ErrorDocument;
import dev.weft.common.problem.LoggedPath;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.ProblemException;
import dev.weft.gateway.limit.RetryLater;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Writes refusals of the gateway itself as error documents (api-v2 1.5). */
public final class Refusals {

    private static final Logger log = LoggerFactory.getLogger(Refusals.class);

    private final JsonMapper json;

    Refusals(JsonMapper json) {
        this.json = json;
    }

    public void write(ProblemException refusal, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (response.isCommitted()) {
            log.warn(
                    "{} {} broke off: {}",
                    request.getMethod(),
                    LoggedPath.of(request.getRequestURI()),
                    refusal.getMessage());
            return;
        }
        var code = refusal.first().code();
        response.setStatus(code.status());
        response.setContentType(JsonAnswer.of(request.getHeader("Accept")).contentType());
        addHeaders(refusal.first(), response);
        var body = json.writeValueAsBytes(
                ErrorDocument.of(refusal.problems().stream().map(Refusals::bare).toList()));
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static void addHeaders(Problem problem, HttpServletResponse response) {
        var retry = problem.meta().get(RetryLater.META);
        if (retry != null) {
            response.setHeader("Retry-After", retry.toString());
        } else if (problem.code() == ProblemCode.UNAVAILABLE || problem.code() == ProblemCode.TOO_MANY_REQUESTS) {
            response.setHeader("Retry-After", "1");
        }
        var allow = problem.meta().get(NotAllowed.META);
        if (allow != null) {
            response.setHeader("Allow", allow.toString());
        }
        if (problem.code() == ProblemCode.UNAUTHORIZED && response.getHeader("WWW-Authenticate") == null) {
            response.setHeader("WWW-Authenticate", "Basic realm=\"api\"");
        }
    }

    /** Without what became a header. */
    private static Problem bare(Problem problem) {
        if (!problem.meta().containsKey(RetryLater.META) && !problem.meta().containsKey(NotAllowed.META)) {
            return problem;
        }
        var rest = new HashMap<>(problem.meta());
        rest.remove(RetryLater.META);
        rest.remove(NotAllowed.META);
        return new Problem(problem.code(), problem.detail(), problem.source(), rest);
    }

    /** What nobody foresaw. */
    public ProblemException unforeseen(Throwable failure, HttpServletRequest request, String requestId) {
        log.error(
                "Unforeseen failure of {} {}, request {}",
                request.getMethod(),
                LoggedPath.of(request.getRequestURI()),
                requestId,
                failure);
        return new ProblemException(List.of(Problem.of(ProblemCode.INTERNAL_ERROR, "Something went wrong on our side.")
                .with("request_id", requestId)));
    }
}
