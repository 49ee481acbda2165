package dev.weft.execution.builtin.http;

import dev.weft.common.flowmessage.ByteOrderMark;
import dev.weft.common.flowmessage.SentText;
import dev.weft.common.http.HttpAnswer;
import dev.weft.execution.step.Nesting;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The body of an answer as a plain value: JSON is parsed, text is kept as text, any other bytes become base64 text, an
 * empty body is null. A text is read in the charset named by its byte order mark, else by its content type, else by its
 * XML declaration, else in UTF-8; bytes that are invalid in that charset are kept as base64.
 *
 * @param base64  whether {@code value} is base64 text
 * @param warning for the flow's log: the answer's headers say something of its body that is not true
 */
record ResponseBody(
        @Nullable Object value, boolean base64, @Nullable String warning) {

    private static final Pattern TEXT = Pattern.compile(
            "(text|multipart|message)/.*|.*\\+(xml|yaml)|application/(xml|xml-dtd|(x-)?javascript|ecmascript"
                    + "|x-www-form-urlencoded|(x-)?yaml|(x-)?ndjson|jsonl|json-seq|toml|graphql|sql|jwt|jose|x-sh|x-pem-file)");

    private static final String RESPONSE = "The response";

    /** @throws dev.weft.execution.step.StepFailure when it nests too deeply */
    static ResponseBody read(HttpAnswer answer, JsonMapper json) {
        if (answer.body().length == 0) {
            return new ResponseBody(null, false, null);
        }
        var contentType = answer.header("content-type");
        var type = SentText.type(contentType);
        var isJson = isJson(type);
        if (!isJson
                && !type.isEmpty()
                && !TEXT.matcher(type).matches()
                && SentText.charsetName(contentType).isEmpty()) {
            return base64(answer.body(), null);
        }
        var decoded = decode(answer.body(), contentType);
        if (decoded.text() == null) {
            return base64(answer.body(), type.isEmpty() ? null : decoded.warning());
        }
        return isJson || type.isEmpty()
                ? ofJson(decoded, isJson, json)
                : new ResponseBody(decoded.text(), false, decoded.warning());
    }

    /** What there is to read of it, as it came; empty when it is no text. */
    static String excerpt(HttpAnswer answer) {
        var text = answer.body().length == 0
                ? null
                : decode(answer.body(), answer.header("content-type")).text();
        return text == null ? "" : text;
    }

    private static ResponseBody ofJson(Decoded decoded, boolean saysSo, JsonMapper json) {
        try {
            var value = json.readValue(decoded.text(), Object.class);
            Nesting.require(RESPONSE, value);
            return new ResponseBody(value, false, decoded.warning());
        } catch (StreamConstraintsException _) {
            throw Nesting.unreadable(RESPONSE);
        } catch (JacksonException e) {
            var warning = saysSo ? "The answer says that it is JSON, and is not: its body goes on as a text." : null;
            return new ResponseBody(decoded.text(), false, warning);
        }
    }

    private static ResponseBody base64(byte[] body, @Nullable String warning) {
        return new ResponseBody(Base64.getEncoder().encodeToString(body), true, warning);
    }

    private static boolean isJson(String type) {
        return type.equals("application/json") || type.equals("text/json") || type.endsWith("+json");
    }

    private static Decoded decode(byte[] body, @Nullable String contentType) {
        // A byte order mark counts before the content type: it is in the bytes themselves.
        var mark = ByteOrderMark.of(body);
        if (mark.isPresent()) {
            var start = mark.get().lengthIn(body);
            return strict(
                    Arrays.copyOfRange(body, start, body.length), mark.get().charset(), null);
        }
        var type = SentText.type(contentType);
        var name = SentText.charsetName(contentType);
        if (name.isEmpty() && SentText.isXml(type)) {
            // ISO-8859-1 reads any bytes, and an XML declaration is ASCII.
            name = SentText.declaredCharset(
                    new String(body, 0, Math.min(body.length, 200), StandardCharsets.ISO_8859_1));
        }
        var charset = name.isEmpty() ? unnamed(body, isJson(type)) : find(name.get());
        return charset == null
                ? strict(
                        body, StandardCharsets.UTF_8, "The charset " + name.orElse("") + " of the answer is not known.")
                : strict(body, charset, null);
    }

    /**
     * JSON used to be allowed in UTF-16 without a mark, where every other octet of its beginning is zero (RFC 4627, 3).
     */
    private static Charset unnamed(byte[] body, boolean json) {
        if (json && body.length > 1 && body[0] == 0) {
            return StandardCharsets.UTF_16BE;
        }
        return json && body.length > 1 && body[1] == 0 ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8;
    }

    private static @Nullable Charset find(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private static Decoded strict(byte[] body, Charset charset, @Nullable String warning) {
        try {
            // An explicit decoder throws at invalid bytes; new String(..) would replace them silently.
            var text = charset.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            return new Decoded(ByteOrderMark.without(text), warning);
        } catch (CharacterCodingException _) {
            var why = warning == null ? "The answer's body is no text in " + charset.name() + "." : warning;
            return new Decoded(null, why + " It goes on in base64.");
        }
    }

    /** @param text null: the bytes are invalid in the charset */
    private record Decoded(@Nullable String text, @Nullable String warning) {}
}
