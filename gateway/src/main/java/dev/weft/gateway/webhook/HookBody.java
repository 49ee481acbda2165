package dev.weft.gateway.webhook;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.ProblemException;
import dev.weft.gateway.edge.JsonBody;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * The body of a call as the JSON object of a message (api-v2 11.5): JSON and forms as they are, XML converted, JSON that
 * is no object as {@code {"value":..}}, other text as {@code {"rawData":"text"}}. JSON in UTF-8 is checked and handed on
 * byte by byte. 400 for what does not parse, 415 for what is no text.
 */
final class HookBody {

    private static final byte[] VALUE = ascii("{\"value\":");
    private static final byte[] RAW = ascii("\"rawData\":");
    private static final byte[] COMMA_RAW = ascii(",\"rawData\":");
    private static final byte[] END = ascii("}");
    private static final byte[] EMPTY = ascii("{}");

    private final JsonMapper json;

    HookBody(JsonMapper json) {
        this.json = json;
    }

    /** @param raw whether the flow wants the unparsed text too, as {@code rawData} */
    byte[] parse(byte[] body, @Nullable String contentType, boolean raw) {
        var type = type(contentType);
        var kind = kind(type);
        var object = body.length == 0 ? EMPTY : parse(body, type, kind);
        // Bodies of text types hold it already.
        return raw && (body.length == 0 || !kind.startsWith("text")) ? withRawData(object, text(body, type)) : object;
    }

    private byte[] parse(byte[] body, @Nullable MediaType type, String kind) {
        return switch (kind) {
            case "json" -> ofJson(utf8(body, type));
            case "form" -> json.writeValueAsBytes(FormPairs.parse(text(body, type)));
            case "xml" -> json.writeValueAsBytes(XmlObject.parse(text(body, type)));
            case "text/xml" -> ofTextXml(text(body, type));
            case "text" -> rawData(text(body, type));
            default -> throw notText("Bodies of type " + type + " are not taken.");
        };
    }

    /** The body of a GET. */
    byte[] ofQuery(Map<String, Object> query) {
        return json.writeValueAsBytes(query);
    }

    private static @Nullable MediaType type(@Nullable String contentType) {
        if (contentType == null || contentType.isBlank()) {
            return null;
        }
        try {
            return MediaType.parseMediaType(contentType);
        } catch (InvalidMediaTypeException e) {
            throw notText("The Content-Type can not be understood.");
        }
    }

    private static String kind(@Nullable MediaType type) {
        if (type == null) {
            return "json";
        }
        var name = (type.getType() + "/" + type.getSubtype()).toLowerCase(Locale.ROOT);
        if (name.equals("application/json") || name.endsWith("+json")) {
            return "json";
        }
        if (name.equals("application/x-www-form-urlencoded")) {
            return "form";
        }
        if (name.equals("application/xml") || name.endsWith("+xml")) {
            return "xml";
        }
        if (name.equals("text/xml")) {
            return name;
        }
        return name.startsWith("text/") ? "text" : "binary";
    }

    private static byte[] ofJson(byte[] body) {
        return JsonBody.require(body) == JsonToken.START_OBJECT ? body : joined(VALUE, body, END);
    }

    /** {@code text/xml} is XML and a text type at once: its message holds the object and the text. */
    private byte[] ofTextXml(String text) {
        var object = XmlObject.parse(text);
        object.put("rawData", text);
        return json.writeValueAsBytes(object);
    }

    /** The object with one more member, which takes the place of one of that name. */
    private byte[] withRawData(byte[] object, String text) {
        var end = object.length - 1;
        while (object[end] != '}') {
            end--;
        }
        var last = end - 1;
        while (Character.isWhitespace(object[last])) {
            last--;
        }
        var separator = object[last] == '{' ? RAW : COMMA_RAW;
        return joined(Arrays.copyOf(object, end), separator, json.writeValueAsBytes(text), END);
    }

    private byte[] rawData(String text) {
        return json.writeValueAsBytes(Map.of("rawData", text));
    }

    /** The body in UTF-8, in which JSON is by definition; another charset that is named is believed. */
    private static byte[] utf8(byte[] body, @Nullable MediaType type) {
        var charset = charset(type);
        return charset.equals(StandardCharsets.UTF_8) ? body : text(body, type).getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] body, @Nullable MediaType type) {
        try {
            return charset(type).newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException e) {
            throw notText("The body is not text in " + charset(type) + ".");
        }
    }

    private static Charset charset(@Nullable MediaType type) {
        try {
            var named = type == null ? null : type.getCharset();
            return named == null ? StandardCharsets.UTF_8 : named;
        } catch (IllegalArgumentException e) {
            throw notText("The charset of the body is not known.");
        }
    }

    private static ProblemException notText(String why) {
        return Problem.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE, why).exception();
    }

    private static byte[] joined(byte[]... parts) {
        var whole = ByteBuffer.allocate(
                Arrays.stream(parts).mapToInt(part -> part.length).sum());
        for (var part : parts) {
            whole.put(part);
        }
        return whole.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
