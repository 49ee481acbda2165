package dev.weft.common.jsonapi;

import dev.weft.common.problem.LoggedPath;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * Turns every refusal, Spring's own included, into an error document. An unforeseen exception is logged once and
 * answered without details. The gateway does this at its edge and switches this handler off ({@code weft.error-handler:
 * false}).
 */
@RestControllerAdvice
@ConditionalOnProperty(name = "weft.error-handler", matchIfMissing = true)
public class ErrorHandler {

    private static final Logger log = LoggerFactory.getLogger(ErrorHandler.class);

    @ExceptionHandler(ProblemException.class)
    ResponseEntity<ErrorDocument> refused(ProblemException refusal) {
        return answer(refusal.problems(), new HttpHeaders());
    }

    @ExceptionHandler(HttpMessageNotReadableException.class)
    ResponseEntity<ErrorDocument> unreadable(HttpMessageNotReadableException e) {
        return answer(ProblemCode.INVALID_JSON, "The body is not valid JSON.");
    }

    @ExceptionHandler(NoResourceFoundException.class)
    ResponseEntity<ErrorDocument> unknownPath(NoResourceFoundException e) {
        return answer(ProblemCode.NOT_FOUND, "There is nothing at this path.");
    }

    /** Tomcat decodes the query when it is first asked for a parameter, and throws wherever that is. */
    @ExceptionHandler(InvalidParameterException.class)
    ResponseEntity<ErrorDocument> unreadableQuery(InvalidParameterException e) {
        return answer(ProblemCode.INVALID_PARAMETER, "The query is not percent-encoded text.");
    }

    @ExceptionHandler(HttpRequestMethodNotSupportedException.class)
    ResponseEntity<ErrorDocument> wrongMethod(HttpRequestMethodNotSupportedException e) {
        var headers = new HttpHeaders();
        var allowed = e.getSupportedHttpMethods();
        if (allowed != null) {
            headers.setAllow(java.util.Set.copyOf(allowed));
        }
        return answer(
                List.of(Problem.of(ProblemCode.METHOD_NOT_ALLOWED, e.getMethod() + " is not possible here.")), headers);
    }

    @ExceptionHandler(Exception.class)
    ResponseEntity<ErrorDocument> unforeseen(Exception e, HttpServletRequest request) {
        // Spring's own messages name our classes and parameters, so they are not passed on.
        if (e instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
            return answer(codeOf(known.getStatusCode().value()), "The request can not be understood.");
        }
        var id = request.getHeader("X-Request-Id");
        log.error(
                "Unforeseen failure of {} {}, request {}",
                request.getMethod(),
                LoggedPath.of(request.getRequestURI()),
                id,
                e);
        var problem = Problem.of(ProblemCode.INTERNAL_ERROR, "Something went wrong on our side.");
        return answer(List.of(id == null ? problem : problem.with("request_id", id)), new HttpHeaders());
    }

    private static ProblemCode codeOf(int status) {
        for (var code : ProblemCode.values()) {
            if (code.status() == status) {
                return code;
            }
        }
        return ProblemCode.BAD_REQUEST;
    }

    private static ResponseEntity<ErrorDocument> answer(ProblemCode code, String detail) {
        return answer(List.of(Problem.of(code, detail)), new HttpHeaders());
    }

    private static ResponseEntity<ErrorDocument> answer(List<Problem> problems, HttpHeaders headers) {
        var code = problems.getFirst().code();
        // Whatever the caller accepts: otherwise the refusal itself would fail with 406.
        headers.setContentType(MediaType.APPLICATION_JSON);
        if (code == ProblemCode.UNAVAILABLE) {
            headers.set(HttpHeaders.RETRY_AFTER, "1");
        } else if (code == ProblemCode.TOO_MANY_REQUESTS) {
            headers.set(HttpHeaders.RETRY_AFTER, "60");
        }
        return new ResponseEntity<>(ErrorDocument.of(problems), headers, code.status());
    }
}
