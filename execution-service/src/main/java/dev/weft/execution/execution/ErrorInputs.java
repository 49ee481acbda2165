package dev.weft.execution.execution;

import dev.weft.common.flowmessage.FlowHeaders;
import dev.weft.common.flowmessage.MessageCipher;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The whole inputs of failed messages: shown to those who may see payloads, and sent again by a retry. */
@Service
class ErrorInputs {

    private final MongoErrorInputs kept;
    private final MessageCipher cipher;
    private final JsonMapper json;

    ErrorInputs(MongoErrorInputs kept, MessageCipher cipher, JsonMapper json) {
        this.kept = kept;
        this.cipher = cipher;
        this.json = json;
    }

    /** {@code {"body","headers"}} by error id; what is too old to be kept is missing. */
    Map<String, JsonNode> shown(Collection<String> errorIds) {
        var shown = new HashMap<String, JsonNode>();
        if (!errorIds.isEmpty()) {
            kept.find(errorIds).forEach((id, input) -> {
                var message = json.createObjectNode();
                var plain = plain(input);
                message.set("body", plain.path("body"));
                message.set("headers", plain.path("headers"));
                shown.put(id, message);
            });
        }
        return shown;
    }

    Optional<MongoErrorInputs.ErrorInput> find(String errorId) {
        return kept.find(errorId);
    }

    /** The message inside the frame. */
    ObjectNode plain(MongoErrorInputs.ErrorInput input) {
        var protocol = input.headers().get(FlowHeaders.PROTOCOL_VERSION) instanceof Number n ? n.intValue() : 1;
        return (ObjectNode) json.readTree(cipher.open(input.frame(), protocol));
    }

    byte[] frame(ObjectNode message) {
        return cipher.encrypt(json.writeValueAsBytes(message));
    }
}
