package dev.weft.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonToken;

class JsonBodyTest {

    @Test
    void tellsWhatTheValueIs() {
        assertThat(JsonBody.require(utf8(" {\"a\":[1,2.5e3,\"é\",null,true]} ")).first())
                .isEqualTo(JsonToken.START_OBJECT);
        assertThat(JsonBody.require(utf8("[]")).first()).isEqualTo(JsonToken.START_ARRAY);
        assertThat(JsonBody.require(utf8("12")).first()).isEqualTo(JsonToken.VALUE_NUMBER_INT);
    }

    @Test
    void countsWhatAServiceMakesObjectsOf() {
        assertThat(JsonBody.require(utf8(" {\"a\":[1,2.5e3,\"é\",null,true]} ")).values())
                .isEqualTo(7);
        assertThat(JsonBody.require(utf8("[]")).values()).isOne();
        assertThat(JsonBody.require(utf8("12")).values()).isOne();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{\"a\":",
                "{'a':1}",
                "a=1",
                "{} {}",
                "{}x",
                "[1,]",
                "01",
                "nul",
                "\"\u0001\"",
                "{\"a\":NaN}",
                "\"\\q\""
            })
    void refusesWhatIsNoJson(String text) {
        refused(utf8(text));
    }

    @Test
    void refusesBytesThatAreNoText() {
        refused(new byte[] {'"', (byte) 0xc3, '"'});
        refused("{\"a\":1}".getBytes(StandardCharsets.UTF_16LE));
    }

    @Test
    void goesTwoHundredLevelsDeepAndNoFurther() {
        assertThat(JsonBody.require(utf8("[".repeat(200) + "]".repeat(200))).first())
                .isEqualTo(JsonToken.START_ARRAY);

        refused(utf8("[".repeat(201) + "]".repeat(201)));
        refused(utf8("[".repeat(1_000_000)));
        refused(utf8("{\"a\":".repeat(100_000)));
    }

    @Test
    void refusesNumbersThatNobodyCanCountWith() {
        refused(utf8("1".repeat(1001)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e100000000",
                "{\"price\":1e100000000}",
                "[-1.5E+401]",
                "1e-401",
                "1e99999999999",
                "1E-99999999999",
                "1e00000000000000000401"
            })
    void refusesPowersThatTakeForEver(String text) {
        refused(utf8(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "-2.5E-400", "1e+0000000000000000001", "1.7976931348623157e308"})
    void takesThePowersOfUsualNumbers(String text) {
        assertThat(JsonBody.require(utf8(text)).first()).isEqualTo(JsonToken.VALUE_NUMBER_FLOAT);
    }

    private static void refused(byte[] body) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> JsonBody.require(body))
                .satisfies(e -> assertThat(e.first().code()).isEqualTo(ProblemCode.INVALID_JSON));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
