package dev.weft.gateway.webhook.reply;

import dev.weft.common.flowmessage.FlowHeaders;
import dev.weft.common.flowmessage.MessageCipher;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a flow answers to the caller of its webhook, in the three shapes of sailor-runtime 14. */
public sealed interface FlowReply {

    /** A reply that can be written as it is. */
    record Answer(int status, ReplyHeaders headers, ReplyText body) implements FlowReply {}

    /** The flow had an error before any reply. */
    record Failure(String message) implements FlowReply {}

    static FlowReply read(ReplyPlaces.Arrived arrived, MessageCipher cipher, JsonMapper json) {
        var headers = arrived.headers();
        try {
            // Sailors give an error no protocol version, or a meaningless one: it is always in protocol 1.
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
        // The flag is a boolean or a text, and AMQP texts are LongString and not String.
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
        try {
            var headers = ReplyHeaders.of(fields);
            return new Answer(code, headers, ReplyText.of(body, headers.contentType(), json));
        } catch (UnfitReply e) {
            return new Failure(e.getMessage());
        }
    }
}
