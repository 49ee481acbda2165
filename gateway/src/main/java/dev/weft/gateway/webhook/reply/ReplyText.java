package dev.weft.gateway.webhook.reply;

import java.io.IOException;
import java.io.StringReader;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.tomcat.util.http.parser.MediaType;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The body of a flow's reply in the charset that its Content-Type names: a text as it is, any other value as JSON. */
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
        var charset = contentType == null ? StandardCharsets.UTF_8 : charset(contentType);
        if (body.isString()) {
            var type = contentType == null ? "text/plain; charset=utf-8" : contentType;
            return new ReplyText(encoded(body.asString(), charset), type);
        }
        var type = contentType == null ? "application/json; charset=utf-8" : contentType;
        if (body.isMissingNode()) {
            return new ReplyText(new byte[0], type);
        }
        if (charset.equals(StandardCharsets.UTF_8)) {
            return new ReplyText(json.writeValueAsBytes(body), type);
        }
        // JSON has a way to write what a charset lacks.
        var text = json.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII).writeValueAsString(body);
        return new ReplyText(encoded(text, charset), type);
    }

    private static Charset charset(String contentType) throws UnfitReply {
        String named = null;
        try {
            var type = MediaType.parseMediaType(new StringReader(contentType));
            named = type == null ? null : type.getCharset();
            return named == null ? StandardCharsets.UTF_8 : Charset.forName(named);
        } catch (IOException | IllegalArgumentException e) {
            throw new UnfitReply("The charset " + named + " of the flow's reply is not known.");
        }
    }

    private static byte[] encoded(String text, Charset charset) throws UnfitReply {
        try {
            var encoded = charset.newEncoder().encode(CharBuffer.wrap(text));
            var bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException | UnsupportedOperationException e) {
            throw new UnfitReply("The flow's reply can not be written in " + charset.name() + ", as its type says.");
        }
    }
}
