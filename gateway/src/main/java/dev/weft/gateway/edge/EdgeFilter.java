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
 * The first and the last that every request meets: gives it an id, sends it to who knows its kind of path, and makes
 * error documents of all refusals and failures.
 */
final class EdgeFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private final transient Ids ids;
    private final transient Refusals refusals;
    private final transient EdgeMetrics metrics;
    private final transient PlatformRequests platform;
    private final transient KeycloakRequests keycloak;
    private final transient BodyBudget budget;
    private final transient WebhookHost webhooks;
    private final Duration slowest;

    EdgeFilter(
            Ids ids,
            Refusals refusals,
            EdgeMetrics metrics,
            PlatformRequests platform,
            KeycloakRequests keycloak,
            BodyBudget budget,
            WebhookHost webhooks,
            Duration slowest) {
        this.ids = ids;
        this.refusals = refusals;
        this.metrics = metrics;
        this.platform = platform;
        this.keycloak = keycloak;
        this.budget = budget;
        this.webhooks = webhooks;
        this.slowest = slowest;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException {
        var begin = System.nanoTime();
        var call = new EdgeCall(request, response, chain, RequestId.of(request, ids));
        response.setHeader(RequestId.HEADER, call.requestId());
        BodyTime.start(request, slowest);
        try (var _ = budget.open(request)) {
            pass(call);
        } catch (ProblemException refusal) {
            refusals.write(refusal, request, response);
        } catch (ClientGone e) {
            // Nobody is left to be told.
            response.setStatus(400);
        } catch (IOException | ServletException | RuntimeException e) {
            refuse(e, call);
        } finally {
            metrics.record(request, response, begin);
        }
    }

    private void pass(EdgeCall call) throws IOException, ServletException {
        var path = call.request().getRequestURI();
        if (path.startsWith("/hook/")) {
            EdgeMetrics.name(call.request(), "/hook/{flow}");
            call.chain().doFilter(call.request(), call.response());
        } else if (webhooks.isAsked(call.request())) {
            // A log-in page there would put its cookies where flows may read them.
            throw Problem.of(ProblemCode.NOT_FOUND, "Only webhooks are called at this host.")
                    .exception();
        } else if (path.startsWith("/auth/")) {
            keycloak.pass(call);
        } else {
            platform.pass(call);
        }
    }

    private void refuse(Exception failure, EdgeCall call) throws IOException {
        var cause = failure instanceof ServletException && failure.getCause() != null ? failure.getCause() : failure;
        var refusal = cause instanceof ProblemException known
                ? known
                : refusals.unforeseen(cause, call.request(), call.requestId());
        refusals.write(refusal, call.request(), call.response());
    }
}
