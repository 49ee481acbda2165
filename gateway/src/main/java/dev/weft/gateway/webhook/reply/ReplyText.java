package dev.weft.gateway.webhook.reply;

import dev.weft.common.flowmessage.SentText;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The body of a flow's reply in the charset that {@link SentText} finds: a text as it is, any other value as JSON. */
final class ReplyText {

    private final byte[] bytes;
    private final String contentType;

    private ReplyText(byte[] bytes, String contentType) {
        this.bytes = bytes;
        this.contentType = contentType;
    }

    byte[] bytes() {
        return bytes;
    }

    String contentType() {
        return contentType;
    }

    /** @param body missing: none */
    static ReplyText of(JsonNode body, @Nullable String contentType, JsonMapper json) throws UnfitReply {
        var type = contentType != null
                ? contentType
                : body.isString() ? "text/plain; charset=utf-8" : "application/json; charset=utf-8";
        try {
            return new ReplyText(encoded(body, type, json), type);
        } catch (IllegalArgumentException e) {
            throw new UnfitReply("The flow's reply can not be written: " + e.getMessage() + ".");
        }
    }

    private static byte[] encoded(JsonNode body, String type, JsonMapper json) {
        if (body.isString() || body.isMissingNode()) {
            return SentText.encode(body.asString(""), type);
        }
        var charset = SentText.charsetName(type).orElse("utf-8");
        if (charset.equalsIgnoreCase("utf-8")) {
            return json.writeValueAsBytes(body);
        }
        // JSON can escape characters that a charset lacks.
        return SentText.encode(
                json.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII).writeValueAsString(body), type);
    }
}
