package dev.weft.flow.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.common.jsonapi.RequestDocument;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.ProblemException;
import dev.weft.common.problem.ProblemSource;
import dev.weft.common.problem.ProblemSource.Kind;
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

        assertThat(sent.faults().problems())
                .extracting(Problem::source)
                .containsExactly(new ProblemSource(Kind.VALUE, "nodes_config"));
        assertThat(sent.nodesConfig()).isEmpty();
    }

    @Test
    void aConflictCountsOnlyWhenTheUseCaseFindsTheValuesRight() {
        var body = JSON.readTree("{\"data\":{\"type\":\"flow\",\"attributes\":{\"name\":\"a\"}}}");
        var faults = new FlowRequest(JSON, RequestDocument.of(body, "flow-draft"))
                .toDraft()
                .faults();

        assertThatThrownBy(faults::orThrow)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.problems())
                                .extracting(Problem::code)
                                .containsExactly(ProblemCode.TYPE_MISMATCH));
        faults.add("graph", "A step is not connected.");
        assertThatThrownBy(faults::orThrow)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.problems())
                                .extracting(Problem::code)
                                .containsExactly(ProblemCode.VALIDATION_FAILED));
    }

    @Test
    void keepsSettingsAsTheyWereSent() {
        var sent = draft("\"nodes_config\":{\"a\":{\"prefetch\":2}}");

        assertThat(sent.faults().isEmpty()).isTrue();
        assertThat(sent.nodesConfig())
                .hasValueSatisfying(settings -> assertThat(settings.value())
                        .isEqualTo(JSON.readValue("{\"a\":{\"prefetch\":2}}", Object.class)));
    }
}
