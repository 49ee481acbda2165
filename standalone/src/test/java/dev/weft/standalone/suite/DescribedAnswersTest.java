package dev.weft.standalone.suite;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the journeys would find in an answer that has drifted from its description. */
class DescribedAnswersTest {

    private static final String FLOW = "/v2/flows/5abbb9d4bc984b000739761a";
    private static final String USER = """
            {"data":{"id":"5abbb9d4bc984b000739761a","type":"user","links":{"self":"/v2/users/5abbb9d4bc984b000739761a"},
             "attributes":{"first_name":"A","last_name":"B","email":"a@b.c","registered":"2026-01-01T00:00:00.000Z"%s}},
             "meta":{}%s}""";

    private static JsonNode json(String text) {
        return new JsonMapper().readTree(text);
    }

    @Test
    void takesWhatIsDescribed() {
        assertThatCode(() -> DescribedAnswers.require("GET", "/v2/users/me", 200, json(USER.formatted("", ""))))
                .doesNotThrowAnyException();
        assertThatCode(() -> DescribedAnswers.require(
                        "GET",
                        "/v2/sshkeys",
                        200,
                        json("{\"data\":[],\"meta\":{},\"links\":{\"self\":\"/v2/sshkeys\"}}")))
                .doesNotThrowAnyException();
        assertThatCode(() -> DescribedAnswers.require("DELETE", FLOW, 204, new JsonMapper().nullNode()))
                .doesNotThrowAnyException();
        assertThatCode(() -> DescribedAnswers.require("POST", FLOW + "/stop", 202, json("{\"data\":{},\"meta\":{}}")))
                .doesNotThrowAnyException();
    }

    @Test
    void findsWhatIsNotDescribed() {
        assertThatThrownBy(() -> DescribedAnswers.require(
                        "GET", "/v2/users/me", 200, json(USER.formatted(",\"password\":\"x\"", ""))))
                .hasMessageContaining("password");
        assertThatThrownBy(() ->
                        DescribedAnswers.require("GET", "/v2/users/me", 200, json(USER.formatted("", ",\"debug\":1"))))
                .hasMessageContaining("debug");
        assertThatThrownBy(() -> DescribedAnswers.require(
                        "GET", "/v2/users/me", 200, json(USER.formatted("", "").replace("\"email\":\"a@b.c\",", ""))))
                .hasMessageContaining("email");
        assertThatThrownBy(() -> DescribedAnswers.require("GET", "/v2/nothing", 200, json("{}")))
                .hasMessageContaining("no such endpoint");
        assertThatThrownBy(() -> DescribedAnswers.require("GET", "/v2/users/me", 201, json("{}")))
                .hasMessageContaining("which is not described");
        assertThatThrownBy(() -> DescribedAnswers.require("DELETE", FLOW, 204, json("{}")))
                .hasMessageContaining("with a body");
    }

    @Test
    void aWordOfThePathWinsOverAVariable() {
        assertThatThrownBy(() -> DescribedAnswers.require("GET", "/v2/components/all", 200, json("{}")))
                .hasMessageContaining("data");
    }
}
