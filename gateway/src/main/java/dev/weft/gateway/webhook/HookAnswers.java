package dev.weft.gateway.webhook;

import dev.weft.common.flowmessage.HookDoor;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.ProblemException;
import dev.weft.gateway.answer.WebhookHost;
import dev.weft.gateway.webhook.reply.FlowReply;
import dev.weft.gateway.webhook.reply.ReplyPlaces;
import dev.weft.gateway.webhook.reply.ReplyReader;
import dev.weft.gateway.webhook.reply.ReplyWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What a call is answered with once its message is durable: the flow's own reply, or thanks. */
final class HookAnswers {

    private final WebhookHost ownHost;
    private final ReplyReader reader;

    HookAnswers(WebhookHost ownHost, ReplyReader reader) {
        this.ownHost = ownHost;
        this.reader = reader;
    }

    /** Waits for it. */
    void withReply(
            String execution,
            ReplyPlaces.Place place,
            HookDoor door,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        try {
            var word = place.await(Duration.ofMillis(door.replyTimeout())).orElseThrow(() -> noReply(execution));
            switch (word) {
                case ReplyPlaces.Arrived reply ->
                    answer(execution, reader.read(reply), ownHost.isAsked(request), response);
                case ReplyPlaces.Ended(var status) -> answer(execution, status, response);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw noReply(execution);
        }
    }

    private void answer(String execution, FlowReply reply, boolean apart, HttpServletResponse response)
            throws IOException {
        switch (reply) {
            case FlowReply.Answer answer -> ReplyWriter.write(answer, apart ? ownHost : null, response);
            case FlowReply.Failure(var why) -> throw failed(execution, why);
        }
    }

    /** Its execution has ended, and nothing replied (api-v2 11.6). */
    private static void answer(String execution, String status, HttpServletResponse response) throws IOException {
        switch (status) {
            case "completed" -> thank(execution, response);
            case "canceled" -> throw failed(execution, "The flow was stopped before it answered.");
            default -> throw failed(execution, "The flow failed.");
        }
    }

    private static ProblemException failed(String execution, String why) {
        return Problem.of(ProblemCode.INTERNAL_ERROR, why)
                .with("exec_id", execution)
                .exception();
    }

    private static ProblemException noReply(String execution) {
        return Problem.of(ProblemCode.REPLY_TIMEOUT, "The flow has not answered in time; its execution goes on.")
                .with("exec_id", execution)
                .exception();
    }

    /** The message is durable, and nobody waits for more. */
    static void thank(String execution, HttpServletResponse response) throws IOException {
        var body = "{\"requestId\":\"" + execution + "\",\"message\":\"thank you\"}";
        response.setContentType("application/json; charset=utf-8");
        response.setContentLength(body.length());
        response.getOutputStream().write(body.getBytes(StandardCharsets.US_ASCII));
    }
}
