package dev.weft.execution.builtin.code;

import dev.weft.execution.message.StepMessage;
import dev.weft.execution.step.Outcome;
import dev.weft.execution.step.StepFailure;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What code emits, as outcomes: {@code {"event":"data","payload":"{\"body\":..}"}}. */
final class ScriptEvents {

    private final JsonMapper json;

    ScriptEvents(JsonMapper json) {
        this.json = json;
    }

    /** @param input the message the code worked on */
    Outcome outcome(StepMessage input, @Nullable Object event) {
        if (!(event instanceof Map<?, ?> emitted)) {
            throw new StepFailure("CodeError", "The sandbox answered with no event.");
        }
        var payload = json.readTree(String.valueOf(emitted.get("payload")));
        return switch (String.valueOf(emitted.get("event"))) {
            case "data" -> data(input, payload);
            case "error" ->
                new Outcome.Failed(
                        text(payload, "name", "Error"), text(payload, "message", ""), text(payload, "stack", ""));
            case "rebound" -> new Outcome.Rebound(text(payload, "reason", ""), null);
            case "snapshot" -> new Outcome.Snapshot(value(payload.path("value")), false);
            case "updateSnapshot" -> new Outcome.Snapshot(value(payload.path("value")), true);
            case "httpReply" -> reply(payload);
            case "log" -> new Outcome.Log(payload.path("level").asInt(30), text(payload, "message", ""));
            default -> throw new StepFailure("CodeError", "The sandbox answered with an unknown event.");
        };
    }

    Outcome failed(Map<?, ?> failure) {
        return new Outcome.Failed(
                String.valueOf(failure.get("name")),
                String.valueOf(failure.get("message")),
                String.valueOf(failure.get("stack")));
    }

    private Outcome data(StepMessage input, JsonNode payload) {
        return new Outcome.Data(new StepMessage(
                value(payload.path("body")),
                object(payload.path("headers")),
                object(payload.path("attachments")),
                input.passthrough(),
                Map.of()));
    }

    /** {@code {"statusCode","headers","body"}} (sailor-runtime 14). */
    private Outcome reply(JsonNode payload) {
        var status = payload.path("statusCode").asInt(200);
        if (status < 200 || status > 599) {
            throw new StepFailure("CodeError", "statusCode of a reply must be from 200 to 599.");
        }
        var headers = new LinkedHashMap<String, String>();
        for (var header : payload.path("headers").properties()) {
            if (!header.getValue().isNull()) {
                headers.put(
                        header.getKey(),
                        header.getValue().asString(header.getValue().toString()));
            }
        }
        var body = payload.path("body");
        return new Outcome.Reply(status, headers, body.isMissingNode() ? "" : value(body));
    }

    private @Nullable Object value(JsonNode node) {
        return node.isMissingNode() || node.isNull() ? null : json.treeToValue(node, Object.class);
    }

    /** Members may be null all the same. */
    private Map<String, Object> object(JsonNode node) {
        var members = new LinkedHashMap<String, Object>();
        for (var member : node.properties()) {
            var value = value(member.getValue());
            if (value != null) {
                members.put(member.getKey(), value);
            }
        }
        return members;
    }

    private static String text(JsonNode node, String name, String standard) {
        return node.path(name).asString(standard);
    }
}
