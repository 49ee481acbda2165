package dev.weft.expression.function;

import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.Run;
import dev.weft.expression.value.Texts;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;

/** Functions that write texts in fewer characters, and read them: base64 and the percent signs of addresses. */
final class EncodingFunctions {

    private static final String UNRESERVED = "-_.!~*'()";
    private static final String RESERVED = ";/?:@&=+$,#";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private EncodingFunctions() {}

    static void define(Library.Definitions all) {
        all.add("base64encode", "<s-:s>", 1, a -> toBase64(a.text(0), a.run()));
        all.add("base64decode", "<s-:s>", 1, a -> fromBase64(a.text(0), a.run()));
        all.add("encodeUrlComponent", "<s-:s>", 1, a -> encode(a.text(0), UNRESERVED, a.run()));
        all.add("encodeUrl", "<s-:s>", 1, a -> encode(a.text(0), UNRESERVED + RESERVED, a.run()));
        all.add("decodeUrlComponent", "<s-:s>", 1, a -> decode(a.text(0), "", a.run()));
        all.add("decodeUrl", "<s-:s>", 1, a -> decode(a.text(0), RESERVED, a.run()));
    }

    private static String toBase64(String text, Run run) {
        // Four digits for three bytes, and up to three bytes for a character; that is judged when the text is there.
        run.makeText(text.length() * 4L / 3);
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Of both alphabets; what is in neither is passed over. Bytes that are no UTF-8 become a character each. */
    private static String fromBase64(String text, Run run) {
        run.makeText(text.length());
        var digits = new StringBuilder(text.length());
        for (var i = 0; i < text.length() && text.charAt(i) != '='; i++) {
            var c = text.charAt(i);
            if (c == '-' || c == '_') {
                digits.append(c == '-' ? '+' : '/');
            } else if (isLetterOrDigit(c) || c == '+' || c == '/') {
                digits.append(c);
            }
        }
        // A digit that is left over has six bits, which make no byte; the JDK would refuse the whole for it.
        if (digits.length() % 4 == 1) {
            digits.setLength(digits.length() - 1);
        }
        var bytes = Base64.getDecoder().decode(digits.toString());
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException _) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    private static String encode(String text, String kept, Run run) {
        run.makeText(text.length());
        // URLEncoder is for forms: it writes a blank as a plus sign, which an address does not know.
        var encoded = new StringBuilder(text.length());
        for (var i = 0; i < text.length(); ) {
            var c = text.charAt(i);
            if (isLetterOrDigit(c) || kept.indexOf(c) >= 0) {
                encoded.append(c);
                i++;
                continue;
            }
            if (Texts.isAlone(text, i)) {
                throw ExpressionFault.of("D3140", text);
            }
            var point = text.codePointAt(i);
            for (var octet : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
                HEX.toHexDigits(encoded.append('%'), octet);
            }
            i += Character.charCount(point);
            run.step();
            run.grow(2);
            Run.checkLength(encoded.length());
        }
        return encoded.toString();
    }

    /** @param kept characters whose percent signs stay */
    private static String decode(String text, String kept, Run run) {
        run.makeText(text.length());
        var decoded = new StringBuilder(text.length());
        for (var i = 0; i < text.length(); ) {
            if (text.charAt(i) != '%') {
                decoded.append(text.charAt(i++));
                continue;
            }
            var start = i;
            var first = octet(text, i);
            i += 3;
            run.step();
            var octets = new ByteArrayOutputStream();
            octets.write(first);
            for (var more = following(first, text); more > 0; more--) {
                octets.write(octet(text, i));
                i += 3;
            }
            var character = character(octets.toByteArray(), text);
            decoded.append(kept.contains(character) ? text.substring(start, i) : character);
        }
        return decoded.toString();
    }

    private static int following(int octet, String text) {
        if (octet < 0x80) {
            return 0;
        }
        // No character of UTF-8 begins so: below are continuations and overlong forms, above what lies beyond U+10FFFF.
        if (octet < 0xC2 || octet > 0xF4) {
            throw ExpressionFault.of("D3140", text);
        }
        return octet < 0xE0 ? 1 : octet < 0xF0 ? 2 : 3;
    }

    private static int octet(String text, int at) {
        if (at + 2 >= text.length()
                || text.charAt(at) != '%'
                || !HexFormat.isHexDigit(text.charAt(at + 1))
                || !HexFormat.isHexDigit(text.charAt(at + 2))) {
            throw ExpressionFault.of("D3140", text);
        }
        return HexFormat.fromHexDigits(text, at + 1, at + 3);
    }

    private static String character(byte[] octets, String text) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException _) {
            throw ExpressionFault.of("D3140", text);
        }
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
