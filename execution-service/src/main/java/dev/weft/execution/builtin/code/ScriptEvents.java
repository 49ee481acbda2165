package dev.weft.execution.builtin.code;

import dev.weft.execution.message.StepMessage;
import dev.weft.execution.step.Nesting;
import dev.weft.execution.step.Outcome;
import dev.weft.execution.step.StepFailure;
import dev.weft.execution.step.StepInput;
import dev.weft.execution.wire.FlowAnswer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What code emits, as outcomes: {@code {"event":"data","payload":"{\"body\":..}"}}. */
final class ScriptEvents {

    private static final String EMITTED = "What the code emits";
    private static final Outcome NOBODY_WAITS = new Outcome.Failed("Error", "No caller waits for a reply.", "", false);

    private final JsonMapper json;

    ScriptEvents(JsonMapper json) {
        this.json = json;
    }

    /**
     * What can not go on is a failure in its place; the rest of what the code emits stays.
     *
     * @param input what the code worked on
     */
    Outcome outcome(StepInput input, @Nullable Object event) {
        try {
            if (!(event instanceof Map<?, ?> emitted)) {
                throw new StepFailure("CodeError", "The sandbox answered with no event.");
            }
            return outcome(input, String.valueOf(emitted.get("event")), payload(emitted));
        } catch (StepFailure e) {
            return Outcome.Failed.of(e);
        }
    }

    private JsonNode payload(Map<?, ?> emitted) {
        try {
            return json.readTree(String.valueOf(emitted.get("payload")));
        } catch (StreamConstraintsException _) {
            throw Nesting.unreadable(EMITTED);
        }
    }

    private Outcome outcome(StepInput input, String event, JsonNode payload) {
        return switch (event) {
            case "data" -> data(input.message(), payload);
            case "error" ->
                new Outcome.Failed(
                        text(payload, "name", "Error"), text(payload, "message", ""), text(payload, "stack", ""));
            case "rebound" -> new Outcome.Rebound(text(payload, "reason", ""), null);
            case "snapshot" -> new Outcome.Snapshot(value(payload.path("value")), false);
            case "updateSnapshot" -> new Outcome.Snapshot(value(payload.path("value")), true);
            case "httpReply" -> input.replyTo() == null ? NOBODY_WAITS : reply(payload);
            case "log" -> new Outcome.Log(payload.path("level").asInt(30), text(payload, "message", ""));
            default -> throw new StepFailure("CodeError", "The sandbox answered with an unknown event.");
        };
    }

    Outcome failed(Map<?, ?> failure) {
        return new Outcome.Failed(
                String.valueOf(failure.get("name")),
                String.valueOf(failure.get("message")),
                String.valueOf(failure.get("stack")),
                !Boolean.FALSE.equals(failure.get("quoting")));
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
        if (!payload.isObject()) {
            throw new StepFailure("CodeError", "What is emitted as httpReply must be an object.");
        }
        var status = payload.path("statusCode");
        var body = payload.path("body");
        return FlowAnswer.of(
                "CodeError",
                status.isMissingNode() || status.isNull() ? Integer.valueOf(200) : value(status),
                value(payload.path("headers")),
                body.isMissingNode() ? "" : value(body));
    }

    private @Nullable Object value(JsonNode node) {
        var value = node.isMissingNode() || node.isNull() ? null : json.treeToValue(node, Object.class);
        Nesting.require(EMITTED, value);
        return value;
    }

    /** Headers and attachments have no members that are null, so those are left out. */
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
