package dev.weft.flow.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.problem.Problem;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StepRulesTest {

    private static StepRules rules(String nodes) {
        return new StepRules(Graphs.graph("{\"nodes\": [" + nodes + "], \"edges\": []}"), Graphs.functions());
    }

    @Test
    void namesMissingFieldsAndCredentials() {
        assertThat(rules("{\"id\": \"a\", \"command\": \"weft/filter:filter\"}").missing(null))
                .containsExactly("The step a needs its field expression.");
        assertThat(rules("{\"id\": \"a\", \"command\": \"weft/http:request\", \"fields\": {\"url\": \" \"}}")
                        .missing(null))
                .hasSize(1);
        assertThat(rules("{\"id\": \"a\", \"command\": \"acme/crm:insert\"}").missing(null))
                .containsExactly("The step a needs a credential.");
    }

    @Test
    void aFalseOrZeroIsAValue() {
        assertThat(rules("{\"id\": \"a\", \"command\": \"weft/filter:filter\", \"fields\": {\"expression\": false}}")
                        .missing(null))
                .isEmpty();
    }

    private static List<String> faults(String timezone) {
        var faults = new GraphFaults("graph");
        rules("{\"id\": \"a\", \"command\": \"weft/timer:timer\", \"fields\": {\"timezone\": " + timezone + "}}")
                .check(faults);
        return faults.problems().stream().map(Graphs::blamed).toList();
    }

    @Test
    void aTimeZoneHasANameOfTheIanaDatabase() {
        assertThat(faults("\"Asia/Kolkata\"")).isEmpty();
        assertThat(faults("\"UTC\"")).isEmpty();
        for (var wrong :
                new String[] {"\"Mars/Olympus\"", "\"+05:30\"", "\"asia/kolkata\"", "\"\"", "5", "null", "[]"}) {
            assertThat(faults(wrong)).as(wrong).containsExactly("graph/nodes/0/fields/timezone");
        }
    }

    @Test
    void aFlowHasSoManyStepsWithAQueueOfTheirOwn() {
        var nodes = IntStream.rangeClosed(0, 201)
                .mapToObj(n -> "{\"id\": \"s" + n + "\", \"command\": \""
                        + (n == 0 ? "weft/webhook:receive" : "weft/http:request@latest") + "\"}")
                .toList();
        var faults = new GraphFaults("graph");

        rules(String.join(",", nodes)).check(faults);

        assertThat(faults.problems())
                .extracting(Problem::detail)
                .filteredOn(detail -> detail.startsWith("A flow has at most 200"))
                .hasSize(1);
        assertThat(faults.problems()).extracting(Graphs::blamed).contains("graph/nodes/201");
    }

    @Test
    void aCronReplacesTheInterval() {
        var timer = rules("{\"id\": \"a\", \"command\": \"weft/timer:timer\"}");

        assertThat(timer.missing(null)).hasSize(1);
        assertThat(timer.missing("* * * * *")).isEmpty();
    }
}
