package dev.weft.gateway.webhook;

import dev.weft.common.flowmessage.HookDoor;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.ProblemException;
import dev.weft.gateway.body.CallBodies;
import dev.weft.gateway.edge.ClientGone;
import dev.weft.gateway.limit.BodyBudget;
import dev.weft.gateway.limit.ClientShare;
import dev.weft.gateway.limit.LimitedBody;
import dev.weft.gateway.limit.RateLimit;
import dev.weft.gateway.webhook.door.Backlogs;
import dev.weft.gateway.webhook.door.CrossOrigin;
import dev.weft.gateway.webhook.door.DoorKeeper;
import dev.weft.gateway.webhook.door.DoorRefusal;
import dev.weft.gateway.webhook.door.Doors;
import dev.weft.gateway.webhook.door.MissingDoors;
import dev.weft.gateway.webhook.reply.ReplyPlaces;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST|GET /hook/{flow}[/{rest}]}: one call is one message and one confirmed publish. {@link #take} finds the
 * door of the flow, {@link #fire} makes the call: credential, room, body, message, publish, answer. 200 only when the
 * message is durable; if a step of the flow can answer, the call waits for that answer. 401 without the credential, 404
 * for no active webhook flow, 405 for other methods, 413 above 10 MiB, 429 above the quota, with too many unfinished
 * messages of the flow or contract, or when the queue is full, 503 while the broker accepts nothing or the flow is
 * starting. {@code HEAD} tells that there is a door, and {@code OPTIONS} which web pages may call it; both fire nothing
 * and ask for no credential, since they tell no more than a refusal would.
 */
final class HookServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient Doors doors;
    private final transient MissingDoors missing;
    private final transient Backlogs backlogs;
    private final transient HookMessages messages;
    private final transient HookDelivery delivery;
    private final transient ReplyPlaces places;
    private final transient HookAnswers answers;
    private final transient RateLimit rates;
    private final transient DoorMetrics metrics;

    HookServlet(
            Doors doors,
            MissingDoors missing,
            Backlogs backlogs,
            HookMessages messages,
            HookDelivery delivery,
            ReplyPlaces places,
            HookAnswers answers,
            RateLimit rates,
            DoorMetrics metrics) {
        this.doors = doors;
        this.missing = missing;
        this.backlogs = backlogs;
        this.messages = messages;
        this.delivery = delivery;
        this.places = places;
        this.answers = answers;
        this.rates = rates;
        this.metrics = metrics;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            take(request, response);
        } catch (ProblemException e) {
            metrics.refused(e.first().code());
            throw e;
        } catch (IOException | RuntimeException e) {
            metrics.broken();
            throw e;
        }
    }

    private void take(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var call = HookCall.of(request.getRequestURI());
        var door = doors.find(call.flow()).orElseThrow(() -> missing.refusal(call.flow(), ClientShare.of(request)));
        var crossOrigin = new CrossOrigin(door.origins());
        crossOrigin.mark(request, response);
        if (!door.isOpen()) {
            throw DoorRefusal.starting();
        }
        switch (request.getMethod()) {
            case "GET", "POST" -> fire(request, response, call, door);
            // Some services check with HEAD that a webhook exists.
            case "HEAD" -> response.setStatus(HttpServletResponse.SC_OK);
            case "OPTIONS" -> {
                if (!crossOrigin.isAsked()) {
                    throw notAllowed(crossOrigin, response);
                }
                crossOrigin.answerPreflight(request, response);
            }
            default -> throw notAllowed(crossOrigin, response);
        }
    }

    private static ProblemException notAllowed(CrossOrigin crossOrigin, HttpServletResponse response) {
        response.setHeader("Allow", crossOrigin.allow());
        return Problem.of(ProblemCode.METHOD_NOT_ALLOWED, "A webhook is called with GET or POST.")
                .exception();
    }

    private void fire(HttpServletRequest request, HttpServletResponse response, HookCall call, HookDoor door)
            throws IOException {
        DoorKeeper.requireKnown(door, request, response);
        // After the credential, so that strangers do not use up the contract's calls.
        if (door.contractId() != null && door.quotaPerMinute() != null) {
            rates.require("webhooks:" + door.contractId(), door.quotaPerMinute());
        }
        // Asked before the body is read: a refused call has then cost no memory.
        backlogs.require(door);
        var budget = BodyBudget.of(request);
        if (door.contractId() != null) {
            budget.alsoOf("contract " + door.contractId());
        }
        if (door.tenantId() != null) {
            budget.alsoOfTenant(door.tenantId());
        }
        var body = body(request);
        DoorKeeper.requireSigned(door, request, body, response);
        var execution = messages.newExecution();
        if (door.reply()) {
            // The place is taken before the message is published: a fast flow may reply before the confirm arrives
            // here.
            try (var place = places.take(execution)) {
                publish(execution, request, call, door, body, place.route());
                answers.withReply(execution, place, door, request, response);
            }
            metrics.replied();
        } else {
            publish(execution, request, call, door, body, null);
            HookAnswers.thank(execution, response);
            metrics.accepted();
        }
    }

    /**
     * Makes the message and publishes it. What that takes is counted and kept here only: if a reply is waited for
     * afterwards, neither the message nor a turn that others need is held meanwhile.
     */
    private void publish(
            String execution,
            HttpServletRequest request,
            HookCall call,
            HookDoor door,
            byte[] body,
            @Nullable String replyTo) {
        // Converting a body takes several times its memory.
        var cost = HookMessages.cost(request, body);
        try (var turn = BodyBudget.of(request).work(cost)) {
            var message = messages.of(execution, request, call, door, body, cost);
            turn.shrinkTo(message.frame().length);
            delivery.deliver(message, door, replyTo, ClientShare.of(request));
        }
    }

    private static byte[] body(HttpServletRequest request) throws IOException {
        try {
            return LimitedBody.open(request).read(CallBodies.LARGEST);
        } catch (IOException e) {
            throw new ClientGone(e);
        }
    }
}
