package dev.weft.gateway.body;

import dev.weft.common.flowmessage.ByteOrderMark;
import dev.weft.gateway.edge.JsonBody;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * The body of a call as the JSON object of a message (api-v2 11.5): JSON and forms as they are, XML converted, JSON
 * that is no object as {@code {"value":..}}, other text as {@code {"rawData":"text"}}, files of a form beside it. JSON
 * in UTF-8 is checked and handed on byte by byte. 400 when it does not parse or is invalid in its charset, 413 when it
 * is too large unpacked, 415 for a binary type and for an unknown coding or charset.
 */
public final class CallBodies {

    /** Of a body, packed and unpacked. */
    public static final int LARGEST = 10 * 1024 * 1024;

    private static final byte[] VALUE = ascii("{\"value\":");
    private static final byte[] RAW = ascii("\"rawData\":");
    private static final byte[] COMMA_RAW = ascii(",\"rawData\":");
    private static final byte[] END = ascii("}");
    private static final byte[] EMPTY = ascii("{}");

    private final ContentCodings codings = new ContentCodings(LARGEST);
    private final JsonMapper json;

    public CallBodies(JsonMapper json) {
        this.json = json;
    }

    /**
     * @param contentEncoding the codings in the order in which they were applied
     * @param raw             whether the flow wants the unparsed text too, as {@code rawData}
     */
    public ReadBody read(byte[] sent, @Nullable String contentType, @Nullable String contentEncoding, boolean raw) {
        var type = BodyType.of(contentType);
        var packed =
                // An empty body has no coding, whatever its header says.
                contentEncoding == null || sent.length == 0 ? List.<String>of() : ContentCodings.of(contentEncoding);
        var body = codings.unpack(sent, packed);
        if (body.length == 0) {
            return new ReadBody(raw ? withRawData(EMPTY, "") : EMPTY, List.of(), !packed.isEmpty());
        }
        if (type.kind() == BodyType.Kind.MULTIPART) {
            var form = MultipartForm.parse(body, type);
            return new ReadBody(json.writeValueAsBytes(form.fields()), form.files(), !packed.isEmpty());
        }
        return new ReadBody(object(body, type, raw), List.of(), !packed.isEmpty());
    }

    private byte[] object(byte[] body, BodyType type, boolean raw) {
        return switch (type.kind()) {
            case JSON -> {
                // Invalid JSON is refused here; otherwise it would become an error of the flow's first step.
                var text = utf8(body, type.charset());
                var object = JsonBody.require(text).first() == JsonToken.START_OBJECT ? text : joined(VALUE, text, END);
                yield raw ? withRawData(object, new String(text, StandardCharsets.UTF_8)) : object;
            }
            case FORM -> {
                var object = written(form(body, type.charset()));
                yield raw ? withRawData(object, BodyText.read(body, type.charset())) : object;
            }
            case XML -> {
                // The header counts before the document's own declaration (RFC 7303 3).
                var text = BodyText.read(body, type.charset().or(() -> XmlObject.declaredCharset(body)));
                var object = written(XmlObject.parse(text));
                yield raw ? withRawData(object, text) : object;
            }
            case TEXT -> json.writeValueAsBytes(Map.of("rawData", BodyText.read(body, type.charset())));
            case MULTIPART, BINARY -> throw type.refusal();
        };
    }

    /** How much memory a body may take, roughly, until it is a message: bytes for bytes, or objects for a few of them. */
    public static long cost(int length, @Nullable String contentType, @Nullable String contentEncoding) {
        var unpacked = contentEncoding == null
                ? length
                // The unpacked size is not known yet.
                : ContentCodings.longest(length, ContentCodings.of(contentEncoding), LARGEST);
        return switch (BodyType.of(contentType).kind()) {
            case JSON, TEXT, BINARY -> unpacked * 4;
            case FORM, XML, MULTIPART -> unpacked * 12;
        };
    }

    /** The body of a GET. */
    public ReadBody ofQuery(Map<String, Object> query) {
        return new ReadBody(json.writeValueAsBytes(query), List.of(), false);
    }

    /** The query of any call; 400 when it is no text in UTF-8. */
    public static Map<String, Object> query(@Nullable String query) {
        return FormPairs.ofQuery(query);
    }

    /** JSON in UTF-8 stays as it is, byte by byte, but for its mark. */
    private static byte[] utf8(byte[] body, Optional<Charset> named) {
        var mark = ByteOrderMark.of(body);
        if (mark.isEmpty() && named.orElse(StandardCharsets.UTF_8).equals(StandardCharsets.UTF_8)) {
            return body;
        }
        return BodyText.read(body, named).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] written(BodyMembers members) {
        var bytes = new ByteArrayOutputStream(1024);
        try (var out = json.createGenerator(bytes, JsonEncoding.UTF8)) {
            members.write(out);
        }
        return bytes.toByteArray();
    }

    private static BodyMembers form(byte[] body, Optional<Charset> named) {
        var charset = named.orElse(StandardCharsets.UTF_8);
        var mark = ByteOrderMark.of(body);
        // The bytes are split first and decoded afterwards, which works only in charsets that contain ASCII.
        if (mark.filter(other -> other != ByteOrderMark.UTF_8).isPresent() || !hasAscii(charset)) {
            return FormPairs.ofText(BodyText.read(body, named));
        }
        var start = mark.map(utf8 -> utf8.lengthIn(body)).orElse(0);
        return FormPairs.parse(Arrays.copyOfRange(body, start, body.length), charset);
    }

    private static boolean hasAscii(Charset charset) {
        return "a=&%+".equals(new String(ascii("a=&%+"), charset));
    }

    /** The object with one more member, which takes the place of one of that name. */
    private byte[] withRawData(byte[] object, String text) {
        // The body passed the JSON check, so its last character other than blanks is the closing brace.
        var end = object.length - 1;
        while (object[end] != '}') {
            end--;
        }
        var last = end - 1;
        while (Character.isWhitespace(object[last])) {
            last--;
        }
        var separator = object[last] == '{' ? RAW : COMMA_RAW;
        // Readers take the last of two members with one name, so an earlier rawData need not be removed.
        return joined(Arrays.copyOf(object, end), separator, json.writeValueAsBytes(text), END);
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
