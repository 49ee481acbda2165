package dev.weft.gateway.webhook;

import dev.weft.common.flowmessage.FlowHeaders;
import dev.weft.common.flowmessage.MessageCipher;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a flow answers to the caller of its webhook, in the three shapes of sailor-runtime 14. */
sealed interface FlowReply {

    /** @param headers in the order of the flow, names as it wrote them */
    record Answer(int status, Map<String, List<String>> headers, byte[] body, String contentType)
            implements FlowReply {}

    /** An error before any reply. */
    record Failure(String message) implements FlowReply {}

    static FlowReply read(ReplyPlaces.Arrived arrived, MessageCipher cipher, JsonMapper json) {
        var headers = arrived.headers();
        try {
            if (isTrue(headers.get(FlowHeaders.ERROR_RESPONSE))) {
                var error = json.readTree(cipher.open(arrived.body(), 1));
                return new Failure(error.path("message").asString("The flow failed."));
            }
            var version = headers.get(FlowHeaders.PROTOCOL_VERSION) instanceof Number number ? number.intValue() : 1;
            var reply = json.readTree(cipher.open(arrived.body(), version));
            return reply.has("statusCode")
                    ? answer(reply.path("statusCode"), reply.path("headers"), reply.path("body"), json)
                    : ofMessage(reply, json);
        } catch (JacksonException | IllegalArgumentException e) {
            return new Failure("The flow's reply can not be read.");
        }
    }

    private static boolean isTrue(@Nullable Object flag) {
        return flag != null && flag.toString().equals("true");
    }

    /** A data message of a reply component: the status is one of its headers. */
    private static FlowReply ofMessage(JsonNode message, JsonMapper json) {
        JsonNode status = json.getNodeFactory().numberNode(200);
        var headers = json.createObjectNode();
        for (var header : message.path("headers").properties()) {
            if (header.getKey().equalsIgnoreCase("x-eio-status-code")) {
                status = header.getValue();
            } else if (!header.getKey().equalsIgnoreCase(FlowHeaders.REPLY_TO)) {
                headers.set(header.getKey(), header.getValue());
            }
        }
        return answer(status, headers, message.path("body"), json);
    }

    private static FlowReply answer(JsonNode status, JsonNode fields, JsonNode body, JsonMapper json) {
        var code = status.asInt(0);
        if (code < 200 || code > 599) {
            return new Failure("The flow answered with the status " + status + ".");
        }
        var headers = new LinkedHashMap<String, List<String>>();
        String contentType = null;
        for (var field : fields.properties()) {
            var values = values(field.getValue());
            if (field.getKey().equalsIgnoreCase("Content-Type") && !values.isEmpty()) {
                contentType = values.getFirst();
            } else {
                headers.put(field.getKey(), values);
            }
        }
        if (body.isString()) {
            var type = contentType == null ? "text/plain; charset=utf-8" : contentType;
            return new Answer(code, headers, body.asString().getBytes(StandardCharsets.UTF_8), type);
        }
        var type = contentType == null ? "application/json; charset=utf-8" : contentType;
        return new Answer(code, headers, body.isMissingNode() ? new byte[0] : json.writeValueAsBytes(body), type);
    }

    private static List<String> values(JsonNode value) {
        var values = new ArrayList<String>();
        if (value.isArray()) {
            value.forEach(each -> values.add(each.asString("")));
        } else if (!value.isNull() && !value.isObject()) {
            values.add(value.asString(""));
        }
        return values;
    }
}
