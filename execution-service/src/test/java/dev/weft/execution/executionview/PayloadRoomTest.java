package dev.weft.execution.executionview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.flowmessage.EffectKey;
import dev.weft.execution.execution.Execution;
import dev.weft.execution.record.DeliveryRecord;
import dev.weft.execution.record.Payload;
import dev.weft.execution.record.StepRecord;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PayloadRoomTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Payload LARGE = payload("x".repeat(60_000));

    private static Payload payload(String text) {
        return new Payload(("{\"body\":\"" + text + "\",\"headers\":{}}").getBytes(StandardCharsets.UTF_8));
    }

    private static StepRecord step(String name, Payload input, List<Payload> outputs) {
        return new StepRecord(
                EffectKey.kickOff("f", name),
                name,
                "m-" + name,
                null,
                1,
                StepRecord.Status.COMPLETED,
                10,
                5,
                input,
                outputs,
                false,
                List.of(),
                null);
    }

    private static String answer(List<StepRecord> steps) {
        var delivery = new DeliveryRecord("e", "f", "v", "r", "w", "t", "u", "webhook", 10, steps, List.of());
        var execution = Execution.begin(delivery);
        execution.apply(delivery);
        return JSON.writeValueAsString(ExecutionResource.whole(new ExecutionService.Seen(execution, Map.of(), true)));
    }

    private static JsonNode steps(String answer) {
        return JSON.readTree(answer).path("attributes").path("steps");
    }

    @Test
    void showsOneMessageOfManyStepsAsOftenAsThereIsRoom() {
        var answer = answer(IntStream.range(0, 500)
                .mapToObj(n -> step("s" + n, LARGE, Collections.nCopies(500, LARGE)))
                .toList());

        assertThat(answer).hasSizeLessThan((int) PayloadRoom.MOST_BYTES + 500_000);
        var first = steps(answer).path(0);
        assertThat(first.path("input").path("body").asString()).hasSize(60_000);
        assertThat(first.path("truncated").asBoolean()).isTrue();
        var last = steps(answer).path(499);
        assertThat(last.path("input").toString())
                .isEqualTo("{\"body\":{\"$truncated\":true,\"bytes\":60024},\"headers\":{}}");
        assertThat(last.path("outputs").toString())
                .isEqualTo("[{\"body\":{\"$truncated\":true,\"bytes\":" + 500 * 60_024 + "},\"headers\":{}}]");
        assertThat(last.path("truncated").asBoolean()).isTrue();
    }

    @Test
    void changesNothingOfWhatFits() {
        var shown = steps(answer(List.of(step("a", payload("in"), List.of(payload("out"), LARGE)))))
                .path(0);

        assertThat(shown.path("input").toString()).isEqualTo("{\"body\":\"in\",\"headers\":{}}");
        assertThat(shown.path("outputs").size()).isEqualTo(2);
        assertThat(shown.path("outputs").path(0).path("body").asString()).isEqualTo("out");
        assertThat(shown.path("truncated").asBoolean()).isFalse();
    }

    @Test
    void aMarkStandsForWhatItStoodFor() {
        var room = new PayloadRoom();
        var marks = Collections.nCopies(100_000, Payload.leftOut(7));

        var shown = room.fitting(marks);

        assertThat(shown).hasSizeLessThan(100_000);
        assertThat(shown.getLast()).isEqualTo(Payload.leftOut(7L * (100_000 - shown.size() + 1)));
        assertThat(room.fitting(Payload.leftOut(7))).isEqualTo(Payload.leftOut(7));
    }
}
