package dev.weft.gateway.openapi;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.gateway.answer.AnswerFamily;
import dev.weft.gateway.answer.NotAllowed;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.BiConsumer;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Answers with the description of the API and its viewer. Nobody is asked who he is: both say only what is the same in
 * every installation.
 */
public final class PublishedFileRoute {

    private final PublishedFiles files;
    private final BiConsumer<HttpServletRequest, String> metrics;

    /** @param metrics is given the request and the path under which it counts; only paths of files that are there */
    public PublishedFileRoute(PublishedFiles files, BiConsumer<HttpServletRequest, String> metrics) {
        this.files = files;
        this.metrics = metrics;
    }

    public static boolean concerns(ServerRequest request) {
        return AnswerFamily.isOfDocs(path(request));
    }

    public ServerResponse answer(ServerRequest request) {
        var path = path(request);
        var file = files.find(path)
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND, "There is nothing at this path.")
                        .exception());
        metrics.accept(request.servletRequest(), path);
        var method = request.servletRequest().getMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            throw new NotAllowed(method, "GET, HEAD").exception();
        }
        return request.checkNotModified(file.tag()).orElseGet(() -> whole(file));
    }

    private static ServerResponse whole(PublishedFile file) {
        return ServerResponse.ok()
                .header("Content-Type", file.contentType())
                .eTag(file.tag())
                .body(file.content());
    }

    private static String path(ServerRequest request) {
        return request.servletRequest().getRequestURI();
    }
}
