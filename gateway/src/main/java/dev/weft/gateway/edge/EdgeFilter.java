package dev.weft.gateway.edge;

import dev.weft.common.id.Ids;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.ProblemException;
import dev.weft.gateway.answer.Refusals;
import dev.weft.gateway.answer.RequestId;
import dev.weft.gateway.answer.WebhookHost;
import dev.weft.gateway.limit.BodyBudget;
import dev.weft.gateway.limit.BodyTime;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;

/**
 * The outermost filter of every request: gives it an id, counts the memory of its body, and turns all refusals and
 * failures into error documents. Behind it webhooks have a servlet of their own; everything else takes the routes.
 */
final class EdgeFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private final transient Ids ids;
    private final transient Refusals refusals;
    private final transient EdgeMetrics metrics;
    private final transient BodyBudget budget;
    private final transient WebhookHost webhooks;
    private final transient RefusedWrites refused;
    private final Duration slowest;

    EdgeFilter(
            Ids ids,
            Refusals refusals,
            EdgeMetrics metrics,
            BodyBudget budget,
            WebhookHost webhooks,
            RefusedWrites refused,
            Duration slowest) {
        this.ids = ids;
        this.refusals = refusals;
        this.metrics = metrics;
        this.budget = budget;
        this.webhooks = webhooks;
        this.refused = refused;
        this.slowest = slowest;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException {
        var begin = System.nanoTime();
        RequestId.begin(request, response, ids);
        BodyTime.start(request, slowest);
        try (var _ = budget.open(request)) {
            requirePlace(request);
            chain.doFilter(request, response);
        } catch (ProblemException refusal) {
            write(refusal, request, response);
        } catch (ClientGone e) {
            // The client is gone; the status is for metrics only.
            response.setStatus(400);
        } catch (IOException | ServletException | RuntimeException e) {
            refuse(e, request, response);
        } finally {
            metrics.record(request, response, begin);
        }
    }

    /** Only webhooks are reached at their own host: a log-in there would leave its cookies where flows read them. */
    private void requirePlace(HttpServletRequest request) {
        if (request.getRequestURI().startsWith("/hook/")) {
            EdgeMetrics.name(request, "/hook/{flow}");
        } else if (webhooks.isAsked(request)) {
            throw Problem.of(ProblemCode.NOT_FOUND, "Only webhooks are called at this host.")
                    .exception();
        }
    }

    private void refuse(Exception failure, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        // The dispatcher wraps exceptions of its handlers in a ServletException.
        var cause = failure instanceof ServletException && failure.getCause() != null ? failure.getCause() : failure;
        var refusal = cause instanceof ProblemException known
                ? known
                : refusals.unforeseen(cause, request, RequestId.of(request));
        write(refusal, request, response);
    }

    private void write(ProblemException refusal, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        refused.note(request, refusal.first().code().status());
        refusals.write(refusal, request, response);
    }
}
