package dev.weft.flow.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.common.access.Caller;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemException;
import dev.weft.flow.graph.Graph;
import dev.weft.flow.graph.GraphFaults;
import dev.weft.flow.graph.Graphs;
import dev.weft.flow.graph.StepRules;
import dev.weft.flow.reference.GraphCheckService.CheckedGraph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GraphCheckServiceTest {

    private static final String CRM = "5a0000000000000000000c01";

    private final Caller caller = new Caller(Caller.Kind.USER, "ada", "tenant", "Ada", List.of(), "Bearer x");
    private final Credentials credentials = new Credentials();
    private final GraphCheckService service = new GraphCheckService((_, _, _) -> Graphs.functions(), credentials);

    /** Credentials of the workspace, and the questions asked about them. */
    private static final class Credentials implements CredentialLookup {
        private final Map<String, String> components = new HashMap<>();
        private final List<Set<String>> questions = new ArrayList<>();

        @Override
        public Map<String, String> components(Caller caller, String workspaceId, Set<String> ids) {
            questions.add(ids);
            return components;
        }

        @Override
        public Map<String, List<String>> lacks(Caller caller, String workspaceId, Set<String> ids) {
            questions.add(ids);
            return components.keySet().stream().collect(Collectors.toMap(id -> id, _ -> List.of()));
        }
    }

    private static String id(int number) {
        return "%024x".formatted(number);
    }

    private static Graph graphOf(int steps) {
        return Graphs.graph(IntStream.range(0, steps)
                .mapToObj(i -> "{\"id\":\"s%d\",\"command\":\"acme/crm:insert\",\"credentials_id\":\"%s\"}"
                        .formatted(i, id(i)))
                .collect(Collectors.joining(",", "{\"edges\":[],\"nodes\":[", "]}")));
    }

    private List<String> faultsOfCredentials(Graph graph) {
        var faults = new GraphFaults("");
        service.check(caller, "workspace", graph, faults);
        return faults.problems().stream()
                .map(Graphs::blamed)
                .filter(part -> part.endsWith("/credentials_id"))
                .toList();
    }

    @Test
    void asksAboutAllCredentialsOfAGraphAtOnce() {
        credentials.components.put(id(0), CRM);
        credentials.components.put(id(1), "5a0000000000000000000fff");

        assertThat(faultsOfCredentials(graphOf(40)))
                .hasSize(39)
                .contains("/nodes/1/credentials_id")
                .doesNotContain("/nodes/0/credentials_id");
        assertThat(credentials.questions).hasSize(1);
    }

    @Test
    void asksOnceWhetherTheyAreReady() {
        IntStream.range(1, 40).forEach(i -> credentials.components.put(id(i), CRM));
        var graph = graphOf(40);

        assertThatThrownBy(() -> service.requireReady(
                        caller, "workspace", new CheckedGraph(graph, new StepRules(graph, Graphs.functions())), null))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.problems())
                                .extracting(Problem::detail)
                                .containsExactly(
                                        "The credential " + id(0) + " of the step s0 is not ready: it is gone."));
        assertThat(credentials.questions).hasSize(1);
    }
}
