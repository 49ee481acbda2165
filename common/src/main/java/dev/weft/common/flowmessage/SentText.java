package dev.weft.common.flowmessage;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a text body: in the charset that its content type names, else the one that an XML text declares, else
 * UTF-8. No character is replaced: one that the charset lacks is refused, or escaped in JSON.
 */
public final class SentText {

    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*[\"']?([^\\s;\"',]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern XML_TYPE = Pattern.compile("(application|text)/xml|.*\\+xml");
    private static final Pattern DECLARED = Pattern.compile(
            "\\s*<\\?xml[^>]*?\\sencoding\\s*=\\s*[\"']([A-Za-z][A-Za-z0-9._-]*)[\"'].*", Pattern.DOTALL);

    private SentText() {}

    /** Without parameters, in lower case; empty without a content type. */
    public static String type(@Nullable String contentType) {
        return contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    public static boolean isXml(String type) {
        return XML_TYPE.matcher(type).matches();
    }

    /** The name as the content type writes it. */
    public static Optional<String> charsetName(@Nullable String contentType) {
        var named = CHARSET.matcher(contentType == null ? "" : contentType);
        return named.find() ? Optional.of(named.group(1)) : Optional.empty();
    }

    /** What the declaration of an XML text says. */
    public static Optional<String> declaredCharset(String xml) {
        var declared = DECLARED.matcher(xml.length() > 200 ? xml.substring(0, 200) : xml);
        return declared.matches() ? Optional.of(declared.group(1)) : Optional.empty();
    }

    /** @throws IllegalArgumentException for a charset that is not known, or lacks a character of the text */
    public static byte[] encode(String text, @Nullable String contentType) {
        var name = charsetName(contentType);
        if (name.isEmpty() && isXml(type(contentType))) {
            name = declaredCharset(text);
        }
        var charset = name.isEmpty() ? StandardCharsets.UTF_8 : known(name.get());
        try {
            // String.getBytes would write a question mark for a character that the charset lacks.
            return bytes(charset.newEncoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .encode(CharBuffer.wrap(text)));
        } catch (CharacterCodingException | UnsupportedOperationException e) {
            throw new IllegalArgumentException("the text can not be written in the charset " + charset.name(), e);
        }
    }

    /**
     * @param json JSON text, in which every character may be escaped
     * @throws IllegalArgumentException for a charset that is not known
     */
    public static byte[] encodeJson(String json, @Nullable String contentType) {
        var name = charsetName(contentType);
        if (name.isEmpty()) {
            return json.getBytes(StandardCharsets.UTF_8);
        }
        var charset = known(name.get());
        var encoder = charset.newEncoder();
        var escaped = new StringBuilder(json.length());
        for (var i = 0; i < json.length(); i++) {
            var c = json.charAt(i);
            if (c < 128 || (!Character.isSurrogate(c) && encoder.canEncode(c))) {
                escaped.append(c);
            } else {
                escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            }
        }
        return escaped.toString().getBytes(charset);
    }

    private static Charset known(String name) {
        try {
            var charset = Charset.forName(name);
            if (charset.canEncode()) {
                return charset;
            }
        } catch (IllegalArgumentException _) {
            // The exception below names it.
        }
        throw new IllegalArgumentException("the charset " + name + " is not known");
    }

    private static byte[] bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
