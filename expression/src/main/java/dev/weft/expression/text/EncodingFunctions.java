package dev.weft.expression.text;

import dev.weft.expression.definition.FunctionDefinitions;
import dev.weft.expression.value.Run;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Encodings of texts, both ways: base64 and percent encoding. */
final class EncodingFunctions {

    private static final String UNRESERVED = "-_.!~*'()";
    private static final String RESERVED = ";/?:@&=+$,#";

    private EncodingFunctions() {}

    static void define(FunctionDefinitions all) {
        all.add("base64encode", "<s-:s>", 1, a -> toBase64(a.text(0), a.run()));
        all.add("base64decode", "<s-:s>", 1, a -> fromBase64(a.text(0), a.run()));
        all.add("encodeUrlComponent", "<s-:s>", 1, a -> PercentEncoding.encode(a.text(0), UNRESERVED, a.run()));
        all.add("encodeUrl", "<s-:s>", 1, a -> PercentEncoding.encode(a.text(0), UNRESERVED + RESERVED, a.run()));
        all.add("decodeUrlComponent", "<s-:s>", 1, a -> PercentEncoding.decode(a.text(0), "", a.run()));
        all.add("decodeUrl", "<s-:s>", 1, a -> PercentEncoding.decode(a.text(0), RESERVED, a.run()));
    }

    private static String toBase64(String text, Run run) {
        // Four digits give three bytes, and a character may take up to three; the exact length is checked when the text
        // is there.
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
        // A single left-over digit has six bits, which make no byte; the JDK would refuse the whole text for it.
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

    static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
