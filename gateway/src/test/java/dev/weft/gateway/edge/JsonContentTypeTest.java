package dev.weft.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonContentTypeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/vnd.api+json",
                "application/json; charset=utf-8",
                "application/json;charset=\"UTF-8\"",
                "APPLICATION/JSON"
            })
    void takesJson(String type) {
        assertThat(JsonContentType.matches(type)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/json; charset=iso-8859-1",
                "application/jsonp",
                "",
                "application/x-www-form-urlencoded"
            })
    void takesNothingElse(String type) {
        assertThat(JsonContentType.matches(type)).isFalse();
    }

    @Test
    void wantsToBeTold() {
        assertThat(JsonContentType.matches(null)).isFalse();
    }
}
