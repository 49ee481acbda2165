package dev.weft.flow.version;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.jsonapi.RequestDocument;
import dev.weft.common.problem.Problem;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class FlowRequestTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static FlowSent draft(String attributes) {
        var body = JSON.readTree("{\"data\":{\"type\":\"flow-draft\",\"attributes\":{" + attributes + "}}}");
        return new FlowRequest(JSON, RequestDocument.of(body, "flow-draft")).toDraft();
    }

    @Test
    void settingsOfStepsAreAsSmallAsAGraph() {
        var steps =
                IntStream.range(0, 200_000).mapToObj(i -> "\"a" + i + "\":0").collect(Collectors.joining(","));

        var sent = draft("\"nodes_config\":{" + steps + "}");

        assertThat(sent.problems()).extracting(Problem::pointer).containsExactly("/data/attributes/nodes_config");
        assertThat(sent.nodesConfig()).isEmpty();
    }

    @Test
    void keepsSettingsAsTheyWereSent() {
        var sent = draft("\"nodes_config\":{\"a\":{\"prefetch\":2}}");

        assertThat(sent.problems()).isEmpty();
        assertThat(sent.nodesConfig())
                .hasValueSatisfying(settings -> assertThat(settings.value())
                        .isEqualTo(JSON.readValue("{\"a\":{\"prefetch\":2}}", Object.class)));
    }
}
