package dev.weft.gateway.answer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonAnswerTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "application/*",
                "application/json",
                "Application/JSON; charset=utf-8",
                "text/html, application/json;q=0.1",
                "text/html;q=0.9, */*;q=0.1",
                "application/vnd.api+json, application/json",
                ""
            })
    void answersJson(String accept) {
        assertThat(JsonAnswer.of(accept)).isEqualTo(JsonAnswer.JSON);
    }

    @Test
    void answersJsonToWhoNamesNothing() {
        assertThat(JsonAnswer.of(null)).isEqualTo(JsonAnswer.JSON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/vnd.api+json",
                "text/html, application/vnd.api+json",
                "application/vnd.api+json, */*"
            })
    void answersJsonApiWhereItIsTheOnlyJsonNamed(String accept) {
        assertThat(JsonAnswer.of(accept)).isEqualTo(JsonAnswer.JSON_API);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/html", "application/xml", "application/json;q=0", "text/*", "application/json; q=0.000"})
    void hasNothingForOthers(String accept) {
        assertThat(JsonAnswer.of(accept)).isEqualTo(JsonAnswer.NONE);
    }
}
