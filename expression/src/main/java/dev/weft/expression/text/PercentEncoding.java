package dev.weft.expression.text;

import dev.weft.expression.semantics.QuotedText;
import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.Run;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Percent encoding of addresses. */
final class PercentEncoding {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private PercentEncoding() {}

    /** @param kept characters that need no percent sign */
    static String encode(String text, String kept, Run run) {
        run.makeText(text.length());
        // Not by URLEncoder, which is for forms: it writes a blank as a plus sign.
        var encoded = new StringBuilder(text.length());
        for (var i = 0; i < text.length(); ) {
            var c = text.charAt(i);
            if (EncodingFunctions.isLetterOrDigit(c) || kept.indexOf(c) >= 0) {
                encoded.append(c);
                i++;
                continue;
            }
            if (QuotedText.isAlone(text, i)) {
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
    static String decode(String text, String kept, Run run) {
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
}
