package dev.weft.execution.hop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.execution.message.StepMessage;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ShownMessageTest {

    @Test
    void showsASmallBodyAsItIs() {
        var shown = ShownMessage.of(StepMessage.of(Map.of("n", 1)));

        assertThat(shown.truncated()).isFalse();
        assertThat(shown.value()).isEqualTo(Map.of("body", Map.of("n", 1), "headers", Map.of()));
    }

    @Test
    void cutsABodyAbove64KiB() {
        var body = Map.of("pad", "x".repeat(70_000));

        var shown = ShownMessage.of(StepMessage.of(body));

        assertThat(shown.truncated()).isTrue();
        assertThat(shown.value()).containsEntry("body", Map.of("$truncated", true, "bytes", 70_010L));
    }

    @Test
    void countsBytesAsTheyAreWritten() {
        var json = JsonMapper.builder().build();
        for (var value : Arrays.asList(
                null,
                true,
                -120,
                9_000_000_000L,
                new BigDecimal("1.25"),
                "quo\"te \\ é € 😀",
                List.of(),
                List.of(1, 2),
                Map.of(),
                Map.of("a", Map.of("b", List.of("c", false))))) {
            var written = json.writeValueAsString(value).getBytes(StandardCharsets.UTF_8).length;
            assertThat(JsonSize.of(value)).as("%s", value).isEqualTo(written);
        }
    }
}
