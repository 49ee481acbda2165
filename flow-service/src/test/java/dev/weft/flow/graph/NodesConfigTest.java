package dev.weft.flow.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodesConfigTest {

    private static final Set<String> STEPS = Set.of("a", "b");

    private static NodesConfig stored(String text) {
        return NodesConfig.stored(Graphs.json(text));
    }

    private static List<String> faults(String text) {
        var faults = new GraphFaults("");
        NodesConfig.EMPTY.merged(Graphs.json(text), STEPS, faults);
        return faults.problems().stream().map(Graphs::blamed).toList();
    }

    @Test
    void keepsWhatWasSent() {
        var text = """
                {"a": {"passthrough": {"disabled": true}, "disable_dynamic_flow_control": true, "persistent_messages": false},
                 "b": {"prefetch": 3, "replicas": 5, "log_level": "debug"}}""";

        assertThat(faults(text)).isEmpty();
        assertThat(stored(text).entries()).isEqualTo(Graphs.json(text));
    }

    @Test
    void mergesByStep() {
        var before = stored("{\"a\": {\"prefetch\": 2, \"log_level\": \"warn\"}, \"b\": {\"prefetch\": 5}}");

        var after = before.merged(Graphs.json("{\"a\": {\"replicas\": 2}}"), STEPS, new GraphFaults(""));
        assertThat(after.entries()).isEqualTo(Graphs.json("{\"a\": {\"replicas\": 2}, \"b\": {\"prefetch\": 5}}"));

        var less = after.merged(Graphs.json("{\"b\": null}"), STEPS, new GraphFaults(""));
        assertThat(less.entries()).isEqualTo(Graphs.json("{\"a\": {\"replicas\": 2}}"));
    }

    @Test
    void forgetsStepsThatAreGone() {
        assertThat(stored("{\"a\": {}, \"x\": {}}").only(STEPS).entries()).containsOnlyKeys("a");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    5                                        | ``
                    {"x": {}}                                | /x
                    {"x": null}                              | /x
                    {"a": 5}                                 | /a
                    {"a": {"prefetch": 0}}                   | /a/prefetch
                    {"a": {"prefetch": 1.5}}                 | /a/prefetch
                    {"a": {"prefetch": 99999999999}}         | /a/prefetch
                    {"a": {"prefetch": 1001}}                | /a/prefetch
                    {"a": {"replicas": 6}}                   | /a/replicas
                    {"a": {"replicas": "2"}}                 | /a/replicas
                    {"a": {"log_level": "loud"}}             | /a/log_level
                    {"a": {"passthrough": true}}             | /a/passthrough
                    {"a": {"passthrough": {"disabled": 1}}}  | /a/passthrough/disabled
                    {"a": {"passthrough": {"other": true}}}  | /a/passthrough/other
                    {"a": {"persistent_messages": "yes"}}    | /a/persistent_messages
                    {"a": {"colour": "red"}}                 | /a/colour
                    """)
    void refusesWhatStepsDoNotHave(String text, String pointer) {
        assertThat(faults(text)).containsExactly(pointer);
    }

    @Test
    void tellsAHundredFaults() {
        var steps =
                IntStream.range(0, 100_000).mapToObj(i -> "\"a" + i + "\": 0").collect(Collectors.joining(","));

        assertThat(faults("{" + steps + "}")).hasSize(100);
    }
}
