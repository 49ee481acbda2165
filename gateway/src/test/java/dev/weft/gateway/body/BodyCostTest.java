package dev.weft.gateway.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.weft.common.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/** What a stranger's body may cost: as much time as its length is worth, whatever is in it. */
class BodyCostTest {

    private static final int MIB = 1024 * 1024;
    private static final int SMALL = MIB;
    private static final int TIMES = 5;
    /** A harmless body is only looked through, in 25 ms here; the costliest take sixty times as long, most twenty times. */
    private static final int WORTH = 100;

    private static final int ATTEMPTS = 3;
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String XML = "application/xml";
    private static final String JSON = "application/json";
    private static final byte[] HARMLESS =
            ("[" + "\"some text, as it comes\",".repeat(SMALL * TIMES / 25) + "0]").getBytes(StandardCharsets.US_ASCII);

    private final CallBodies bodies = new CallBodies(JsonMapper.builder().build());

    enum Hostile {
        FORM_ONE_KEY(FORM, "", _ -> "a&", ""),
        FORM_ONE_KEY_WITH_VALUES(FORM, "", _ -> "a=1&", ""),
        FORM_ESCAPED(FORM, "", _ -> "%61=%41&", ""),
        FORM_MANY_KEYS(FORM, "", n -> "k" + n + "=1&", ""),
        FORM_COLLIDING_KEYS(FORM, "", n -> colliding(n) + "&", ""),
        XML_ONE_ELEMENT(XML, "<a>", _ -> "<b/>", "</a>"),
        XML_ATTRIBUTES(XML, "<a>", _ -> "<b c=\"1\"/>", "</a>"),
        XML_MANY_ELEMENTS(XML, "<a>", n -> "<b" + n + "/>", "</a>"),
        XML_MANY_LEVELS(XML, "<a>", n -> "<b" + n + ">" + nested(80) + "</b" + n + ">", "</a>"),
        XML_COLLIDING_ELEMENTS(XML, "<a>", n -> "<" + colliding(n) + "/>", "</a>"),
        XML_MIXED(XML, "<a>", _ -> "x<b/>", "</a>"),
        XML_ENTITIES(XML, "<a>", _ -> "&lt;", "</a>"),
        XML_CDATA(XML, "<a>", _ -> "<![CDATA[x]]>", "</a>"),
        XML_NAMESPACES(XML, "<a>", _ -> "<b xmlns=\"u\"/>", "</a>"),
        XML_NAMESPACES_IN_SCOPE(XML, "<a" + declarations(9_000) + ">", _ -> "<b/>", "</a>"),
        XML_PREFIXES_IN_SCOPE(XML, "<a" + declarations(9_000) + ">", _ -> "<n1:b n2:c=\"\"/>", "</a>"),
        XML_MANY_NAMESPACES(XML, "<a>", n -> "<b" + declarations(n % 5_000) + "/>", "</a>"),
        XML_MANY_ATTRIBUTES(XML, "<a>", n -> "<b" + attributes(n, 5_000) + "/>", "</a>"),
        XML_ENTITIES_IN_AN_ATTRIBUTE(XML, "<a b=\"", _ -> "&lt;\n", "\"/>"),
        XML_COMMENTS(XML, "<a>", _ -> "x<!---->", "</a>"),
        JSON_ONE_KEY(JSON, "{\"b\":1", _ -> ",\"a\":1", "}"),
        JSON_MANY_KEYS(JSON, "{\"b\":1", n -> ",\"a" + n + "\":1", "}"),
        JSON_COLLIDING_KEYS(JSON, "{\"b\":1", n -> ",\"" + colliding(n) + "\":1", "}"),
        JSON_ESCAPES(JSON, "\"", _ -> "\\n", "\""),
        PARTS(
                "multipart/form-data; boundary=b",
                "",
                _ -> "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n",
                "--b--\r\n"),
        PARTS_ALMOST_ENDED(
                "multipart/form-data; boundary=b",
                "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n",
                _ -> "\r\n--",
                "\r\n--b--\r\n");

        private final String type;
        private final String before;
        private final IntFunction<String> piece;
        private final String after;

        Hostile(String type, String before, IntFunction<String> piece, String after) {
            this.type = type;
            this.before = before;
            this.piece = piece;
            this.after = after;
        }

        private static String declarations(int count) {
            return IntStream.range(0, count)
                    .mapToObj(n -> " xmlns:n" + n + "=\"u\"")
                    .collect(Collectors.joining());
        }

        /** Names of 40 letters, all different and all of one hash code. */
        private static String colliding(int turn) {
            return IntStream.range(0, 20)
                    .mapToObj(bit -> (turn >> bit & 1) == 0 ? "Aa" : "BB")
                    .collect(Collectors.joining());
        }

        private static String nested(int levels) {
            return "<c>".repeat(levels) + "</c>".repeat(levels);
        }

        /** Of other names each time. */
        private static String attributes(int turn, int count) {
            return IntStream.range(0, count)
                    .mapToObj(n -> " c" + turn + "." + n + "=\"\"")
                    .collect(Collectors.joining());
        }

        byte[] body(int size) {
            var text = new StringBuilder(size).append(before);
            for (var n = 0; text.length() < size - 100; n++) {
                text.append(piece.apply(n));
            }
            return text.append(after).toString().getBytes(StandardCharsets.US_ASCII);
        }
    }

    /**
     * What is read by the square of its length takes {@value #TIMES} times {@value #TIMES} as long for {@value #TIMES}
     * times the length; what costs much for each byte takes far longer than a harmless body.
     */
    @ParameterizedTest
    @EnumSource
    void aBodyTakesNoLongerThanItsLengthIsWorth(Hostile hostile) {
        var small = hostile.body(SMALL);
        var large = hostile.body(SMALL * TIMES);
        // What runs for the first time is slow.
        read(small, hostile.type);
        read(HARMLESS, JSON);

        bestOfAFew(() -> {
            var ofHarmless = cost(HARMLESS, JSON);
            var ofSmall = cost(small, hostile.type);
            var ofLarge = cost(large, hostile.type);

            assertThat(ofLarge)
                    .as("%s for a body %d times as short", ofSmall, TIMES)
                    .isLessThan(ofSmall.multipliedBy(2 * TIMES));
            assertThat(ofLarge)
                    .as("%s for a harmless body as long", ofHarmless)
                    .isLessThan(ofHarmless.multipliedBy(WORTH));
        });
    }

    /** The time is the thread's own, but what it waits for memory and caches is also the others' doing. */
    private static void bestOfAFew(Runnable measurement) {
        for (var attempt = 1; attempt < ATTEMPTS; attempt++) {
            try {
                measurement.run();
                return;
            } catch (AssertionError _) {
                // Once more.
            }
        }
        measurement.run();
    }

    private Duration cost(byte[] body, String type) {
        var begun = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        read(body, type);
        return Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begun);
    }

    /** Or refuses it. */
    private void read(byte[] body, String type) {
        try {
            bodies.read(body, type, null, false);
        } catch (ProblemException refusal) {
            assertThat(refusal.first().code().status()).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"XML_MANY_ELEMENTS", "XML_MANY_ATTRIBUTES", "XML_COLLIDING_ELEMENTS"})
    void aDocumentHasSoManyDifferentNames(Hostile hostile) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> bodies.read(hostile.body(10 * MIB), XML, null, false))
                .withMessageContaining("different names");
        assertThat(bodies.read(hostile.body(MIB / 4), XML, null, false).object())
                .isNotEmpty();
    }

    @Test
    void namespacesCountAsAttributes() {
        var body = "<a" + Hostile.declarations(350_000) + "/>";

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> bodies.read(body.getBytes(StandardCharsets.US_ASCII), XML, null, false))
                .satisfies(e -> assertThat(e.first().code().status()).isEqualTo(400));
    }

    @Test
    void manyEmptyGzipMembersAreNothing() throws IOException {
        var empty = gzip(new byte[0]);
        var body = new ByteArrayOutputStream();
        while (body.size() < 4 * MIB) {
            body.write(empty);
        }

        assertThat(bodies.read(body.toByteArray(), JSON, "gzip", false).object())
                .isEqualTo("{}".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void gzipMembersFollowEachOtherAndWhatFollowsThemIsLeftAlone() throws IOException {
        var body = new ByteArrayOutputStream();
        body.write(gzip("{\"a\"".getBytes(StandardCharsets.US_ASCII)));
        body.write(gzip(":1}".getBytes(StandardCharsets.US_ASCII)));
        body.write("junk".getBytes(StandardCharsets.US_ASCII));

        assertThat(bodies.read(body.toByteArray(), JSON, "gzip", false).object())
                .isEqualTo("{\"a\":1}".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void aGzipBodyThatIsDamagedAnywhereIsRefusedOrReadAsItWas() throws IOException {
        var text = "{\"a\":\"" + "x".repeat(300) + "\"}";
        var whole = gzip(text.getBytes(StandardCharsets.US_ASCII));
        var random = new Random(7);
        for (var n = 0; n < 500; n++) {
            var damaged = whole.clone();
            // Behind the header, whose name, time and system nobody looks at.
            damaged[10 + random.nextInt(damaged.length - 10)] ^= (byte) (1 << random.nextInt(8));

            assertThat(read(damaged)).isIn("400", text);
        }
    }

    private String read(byte[] packed) {
        try {
            return new String(bodies.read(packed, JSON, "gzip", false).object(), StandardCharsets.US_ASCII);
        } catch (ProblemException refusal) {
            return Integer.toString(refusal.first().code().status());
        }
    }

    private static byte[] gzip(byte[] content) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var stream = new GZIPOutputStream(packed)) {
            stream.write(content);
        }
        return packed.toByteArray();
    }
}
