package dev.weft.execution.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PassthroughNeedsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "elasticio.a.body.x",
                "$uppercase(elasticio . a.body)",
                "elasticio.`a`.body",
                "{\"x\": elasticio.\"a\".body}"
            })
    void findsTheStepThatIsNamed(String text) {
        var needs = new PassthroughNeeds();
        needs.addText(Map.of("body", List.of(text)));

        assertThat(needs.include("a")).isTrue();
        assertThat(needs.include("b")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$getPassthrough()",
                "$msg.passthrough",
                "elasticio.*",
                "elasticio",
                "$lookup(elasticio, name)",
                "$eval(\"elas\" & \"ticio.a\")"
            })
    void takesAllWhenItCanNotTell(String text) {
        var needs = new PassthroughNeeds();
        needs.addText(text);

        assertThat(needs.include("anything")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.b", "$message", "https://example.org/elastic"})
    void needsNothingForOtherTexts(String text) {
        var needs = new PassthroughNeeds();
        needs.addText(text);

        assertThat(needs.include("a")).isFalse();
    }
}
