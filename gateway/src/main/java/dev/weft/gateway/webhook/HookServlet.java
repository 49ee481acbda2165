package dev.weft.gateway.webhook;

import com.rabbitmq.client.AMQP;
import dev.weft.common.id.Ids;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.ProblemException;
import dev.weft.gateway.edge.ClientGone;
import dev.weft.gateway.limit.LimitedBody;
import dev.weft.gateway.limit.RateLimit;
import dev.weft.gateway.limit.RetryLater;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST|GET /hook/{flow}[/{rest}]}: one call is one message and one confirmed publish. 200 only when the message is
 * durable; a flow with a step that can answer is waited for. 401 without the credential, 404 for no active webhook flow,
 * 405 for other methods, 413 above 10 MiB, 429 over the quota or when the queue is full, 503 while the broker is away.
 */
final class HookServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final int LARGEST_BODY = 10 * 1024 * 1024;

    private final transient Doors doors;
    private final transient DoorBroker broker;
    private final transient Replies replies;
    private final transient HookBody bodies;
    private final transient KickOff kickOff;
    private final transient ReplyReader reader;
    private final transient RateLimit rates;
    private final transient Ids ids;
    private final transient Clock clock;

    HookServlet(
            Doors doors,
            DoorBroker broker,
            Replies replies,
            HookBody bodies,
            KickOff kickOff,
            ReplyReader reader,
            RateLimit rates,
            Ids ids,
            Clock clock) {
        this.doors = doors;
        this.broker = broker;
        this.replies = replies;
        this.bodies = bodies;
        this.kickOff = kickOff;
        this.reader = reader;
        this.rates = rates;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var method = request.getMethod();
        if (!method.equals("POST") && !method.equals("GET")) {
            response.setHeader("Allow", "GET, POST");
            throw Problem.of(ProblemCode.METHOD_NOT_ALLOWED, "A webhook is called with GET or POST.")
                    .exception();
        }
        var call = HookCall.of(request.getRequestURI());
        var door = doors.find(call.flow()).orElseThrow(HookCall::unknown);
        DoorKeeper.requireKnown(door, request, response);
        requireQuota(door);
        var body = body(request);
        DoorKeeper.requireSigned(door, request, body, response);
        var message = message(request, call, door, body);
        if (door.reply()) {
            answerWithReply(message, door, response);
        } else {
            publish(message, door, null);
            answer(response, message.execution());
        }
    }

    private void requireQuota(Door door) {
        if (door.contractId() != null && door.quotaPerMinute() != null) {
            rates.require("webhooks:" + door.contractId(), door.quotaPerMinute());
        }
    }

    private static byte[] body(HttpServletRequest request) throws IOException {
        try {
            return LimitedBody.open(request).read(LARGEST_BODY);
        } catch (IOException e) {
            throw new ClientGone(e);
        }
    }

    private Kicked message(HttpServletRequest request, HookCall call, Door door, byte[] body) {
        var query = FormPairs.parse(request.getQueryString());
        var object = request.getMethod().equals("GET") && body.length == 0
                ? bodies.ofQuery(query)
                : bodies.parse(body, request.getContentType(), door.raw());
        var id = ids.nextUuid();
        return new Kicked(id, ids.nextHex32(), kickOff.frame(id, request, call, door, query, object));
    }

    /** A message before it is published. */
    private record Kicked(String id, String execution, byte[] frame) {
        AMQP.BasicProperties properties(Door door, long now, @Nullable String replyTo) {
            return KickOff.properties(door, id, execution, now, replyTo);
        }
    }

    private void answerWithReply(Kicked message, Door door, HttpServletResponse response) throws IOException {
        try (var place = replies.place(message.execution())) {
            publish(message, door, place.route());
            var reply =
                    place.await(Duration.ofMillis(door.replyTimeout())).orElseThrow(() -> noReply(message.execution()));
            switch (reader.read(reply)) {
                case FlowReply.Answer answer -> ReplyWriter.write(answer, response);
                case FlowReply.Failure(var why) ->
                    throw Problem.of(ProblemCode.INTERNAL_ERROR, why)
                            .with("exec_id", message.execution())
                            .exception();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw noReply(message.execution());
        }
    }

    private static ProblemException noReply(String execution) {
        return Problem.of(ProblemCode.REPLY_TIMEOUT, "The flow has not answered in time; its execution goes on.")
                .with("exec_id", execution)
                .exception();
    }

    private void publish(Kicked message, Door door, @Nullable String replyTo) {
        var now = clock.millis();
        var outcome =
                broker.publish(door.queue(), message.id(), message.properties(door, now, replyTo), message.frame());
        if (outcome == PublishOutcome.UNROUTABLE) {
            // The flow was stopped or started anew, and the news is still on its way.
            doors.forget(door.flowId());
            var again = doors.find(door.flowId()).orElseThrow(HookCall::unknown);
            outcome = broker.publish(
                    again.queue(), message.id(), message.properties(again, now, replyTo), message.frame());
        }
        switch (outcome) {
            case ACCEPTED -> {}
            case UNROUTABLE -> {
                doors.forget(door.flowId());
                throw HookCall.unknown();
            }
            case FULL ->
                throw new RetryLater(
                                Problem.of(ProblemCode.TOO_MANY_REQUESTS, "The flow has more to do than it may keep."),
                                2)
                        .exception();
            case UNKNOWN ->
                throw Problem.of(ProblemCode.UNAVAILABLE, "Messages can not be taken at the moment.")
                        .exception();
        }
    }

    private static void answer(HttpServletResponse response, String execution) throws IOException {
        var body = "{\"requestId\":\"" + execution + "\",\"message\":\"thank you\"}";
        response.setContentType("application/json; charset=utf-8");
        response.setContentLength(body.length());
        response.getOutputStream().write(body.getBytes(StandardCharsets.US_ASCII));
    }
}
