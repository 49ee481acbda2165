package dev.weft.gateway.body;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.problem.ProblemException;
import dev.weft.gateway.limit.BodyBudget;
import dev.weft.gateway.limit.LimitedBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import tools.jackson.databind.json.JsonMapper;

/** Whatever a stranger sends, it becomes one JSON object or is refused as what it is, and the memory for it is given back. */
class BodyFuzzTest {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final int ROUNDS = 15_000;
    private static final Set<Integer> REFUSALS = Set.of(400, 413, 415);
    private static final List<String> TYPES = List.of(
            "application/json",
            "application/x-www-form-urlencoded",
            "application/xml",
            "multipart/form-data; boundary=b",
            "multipart/form-data; boundary=\"b b\"",
            "multipart/form-data",
            "text/plain",
            "text/csv; header=present",
            "image/svg+xml",
            "application/ld+json",
            "",
            ";",
            "a/b",
            "/",
            "application/octet-stream",
            "TEXT/XML");
    private static final List<String> CHARSETS = List.of(
            "",
            "utf-8",
            "utf-16",
            "utf-16le",
            "utf-32",
            "iso-8859-1",
            "us-ascii",
            "shift_jis",
            "gb18030",
            "ibm037",
            "'utf-8'",
            "none",
            "iso-2022-jp",
            "utf-7",
            "x-");
    private static final List<String> CODINGS =
            List.of("gzip", "deflate", "identity", "br", "x-gzip", "", "gzip,deflate,gzip,gzip");
    private static final List<String> PIECES = List.of(
            "{\"a\":1}",
            "{",
            "}",
            "[",
            "]",
            "\"",
            "\\ud800",
            "\\u0000",
            ",",
            ":",
            "1e999999",
            "0.1",
            "null",
            "true",
            "{\"a\":{\"a\":[",
            "a=1",
            "&",
            "=",
            "%",
            "%41",
            "%zz",
            "+",
            "<a>",
            "</a>",
            "<a b='1'/>",
            "<?xml version='1.0' encoding='x'?>",
            "<!DOCTYPE a>",
            "<!DOCTYPE a [<!ENTITY e 'x'>]>",
            "&e;",
            "&lt;",
            "&#0;",
            "&#x10ffff;",
            "&#xd800;",
            "<![CDATA[",
            "]]>",
            "<!--",
            "-->",
            "<x:y",
            "xmlns:x='u'",
            "--b\r\n",
            "--b--\r\n",
            "--b b\r\n",
            "\r\n\r\n",
            "Content-Disposition: form-data; name=\"a\"",
            "; filename=\"f\"",
            "; filename*=UTF-8''%e2%82%ac",
            "; filename*=x''%",
            "Content-Type: text/plain; charset=utf-16\r\n",
            "Content-Type: /\r\n",
            "Content-Transfer-Encoding: base64\r\n",
            "name=\"_charset_\"",
            "ééé",
            "\ufeff",
            "\u0000",
            "\ud83d\ude00",
            "\r",
            "\n",
            " ");

    private final CallBodies bodies = new CallBodies(JsonMapper.builder().build());
    private final BodyBudget budget = new BodyBudget(64 << 20);
    private final JsonMapper json = JsonMapper.builder().build();

    /** Those of XML are shorter already. */
    @Test
    void aNameThatNobodyReadsIsRefused() {
        assertThat(outcome(ascii("a=1&" + "x".repeat(50_001) + "=2"), FORM, null, false))
                .isEqualTo("refusal");
        assertThat(outcome(ascii("a=1&" + "x".repeat(50_000) + "=2"), FORM, null, false))
                .isEqualTo("object");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12})
    void isAnObjectOrARefusal(long seed) {
        for (var round = 0; round < ROUNDS; round++) {
            var random = new Random(seed * 1_000_003 + round);
            var charset = one(random, CHARSETS);
            var type = one(random, TYPES) + (charset.isEmpty() ? "" : "; charset=" + charset);
            var coding = random.nextInt(4) == 0 ? one(random, CODINGS) : null;
            var sent = packed(damaged(random, body(random, charset)), coding);
            var raw = random.nextBoolean();

            assertThat(outcome(sent, type, coding, raw))
                    .as("seed %d, round %d, %s, %s", seed, round, type, coding)
                    .isIn("object", "refusal");
            assertThat(budget.used()).isZero();
        }
    }

    /** With {@code -Dweft.fuzz.minutes=10}: other seeds for so long. */
    @Test
    @EnabledIfSystemProperty(named = "weft.fuzz.minutes", matches = "\\d+")
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void forMinutes() {
        var end = System.nanoTime() + TimeUnit.MINUTES.toNanos(Long.getLong("weft.fuzz.minutes"));
        for (var seed = 1000L; System.nanoTime() < end; seed++) {
            isAnObjectOrARefusal(seed);
        }
    }

    private String outcome(byte[] sent, String type, String coding, boolean raw) {
        var request = new MockHttpServletRequest("POST", "/hook/x");
        request.setContent(sent);
        try (var held = budget.open(request)) {
            var read = LimitedBody.open(request).read(CallBodies.LARGEST);
            try (var _ = held.work(CallBodies.cost(read.length, type, coding))) {
                var object = json.readTree(bodies.read(read, type, coding, raw).object());
                return object.isObject() ? "object" : "no object";
            }
        } catch (ProblemException refusal) {
            var status = refusal.first().code().status();
            return REFUSALS.contains(status) ? "refusal" : Integer.toString(status);
        } catch (IOException | RuntimeException e) {
            return e.toString();
        } catch (StackOverflowError e) {
            return "too deep";
        }
    }

    private static byte[] body(Random random, String charset) {
        var text = new StringBuilder();
        var repeated = random.nextInt(20) == 0 ? 1 + random.nextInt(2_000) : 1;
        for (var n = random.nextInt(12); n > 0; n--) {
            text.append(one(random, PIECES).repeat(random.nextInt(3) == 0 ? repeated : 1));
        }
        return text.toString().getBytes(known(charset));
    }

    private static Charset known(String charset) {
        return charset.isEmpty()
                        || !Character.isLetter(charset.charAt(0))
                        || !Charset.isSupported(charset)
                        || !Charset.forName(charset).canEncode()
                ? StandardCharsets.UTF_8
                : Charset.forName(charset);
    }

    private static byte[] damaged(Random random, byte[] body) {
        if (body.length > 0 && random.nextInt(3) == 0) {
            body[random.nextInt(body.length)] = (byte) random.nextInt(256);
        }
        return body;
    }

    private static byte[] packed(byte[] body, String coding) {
        if (coding == null || !(coding.equals("gzip") || coding.equals("deflate"))) {
            return body;
        }
        var packed = new ByteArrayOutputStream();
        try (var stream = coding.equals("gzip") ? new GZIPOutputStream(packed) : new DeflaterOutputStream(packed)) {
            stream.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static String one(Random random, List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
