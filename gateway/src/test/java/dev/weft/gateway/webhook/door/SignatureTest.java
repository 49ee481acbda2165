package dev.weft.gateway.webhook.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureTest {

    private static final byte[] BODY = "{\"x\":  1, \"y\": \"é\"}".getBytes(StandardCharsets.UTF_8);

    static Stream<String> spellings() throws Exception {
        var all = Stream.<String>builder();
        for (var algorithm : new String[] {"sha256", "sha512"}) {
            var name = "Hmac" + algorithm.toUpperCase(Locale.ROOT);
            var mac = Mac.getInstance(name);
            mac.init(new SecretKeySpec("top-secret".getBytes(StandardCharsets.UTF_8), name));
            var digest = mac.doFinal(BODY);
            var hex = HexFormat.of().formatHex(digest);
            var base64 = Base64.getEncoder().encodeToString(digest);
            for (var text : new String[] {hex, hex.toUpperCase(Locale.ROOT), base64}) {
                all.add(text).add(algorithm + "=" + text);
            }
        }
        return all.build();
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void isUnderstoodInEverySpelling(String header) {
        assertThat(Signature.of(header).fits("top-secret", BODY)).isTrue();
        assertThat(Signature.of(header).fits("top-secret", "other".getBytes(StandardCharsets.UTF_8)))
                .isFalse();
        assertThat(Signature.of(header).fits("other-secret", BODY)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sha256=",
                "sha1=aa",
                "zz",
                "sha256=zz",
                "################################################################"
            })
    void fitsNothingInAnother(String header) {
        assertThat(Signature.of(header).fits("top-secret", BODY)).isFalse();
    }
}
