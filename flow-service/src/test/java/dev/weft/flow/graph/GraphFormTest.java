package dev.weft.flow.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class GraphFormTest {

    @Test
    void fillsDefaultsAndNamesEdges() {
        var form = GraphForm.of(Graphs.graph(Graphs.TWO_STEPS));

        assertThat(form).isEqualTo(Graphs.json("""
                {"nodes": [{"id": "step_1", "command": "weft/webhook:receive", "name": "", "description": ""},
                           {"id": "step_2", "command": "weft/mapper:map", "name": "", "description": ""}],
                 "edges": [{"id": "mapper:step_1:step_2", "source": "step_1", "target": "step_2",
                            "config": {"mapper_type": "jsonata", "condition": null, "mapper": {"to": "result"}}}]}"""));
    }

    @Test
    void leavesOutWhatSaysNothing() {
        var form = GraphForm.of(Graphs.graph("""
                {"nodes": [{"id": "a", "command": "c", "fields": {}, "selected_data_samples": [], "error": false}],
                 "edges": [{"source": "a", "target": "a", "config": {"mapper": {}, "condition": null}}]}"""));

        assertThat(form).isEqualTo(Graphs.json("""
                {"nodes": [{"id": "a", "command": "c", "name": "", "description": ""}],
                 "edges": [{"id": "a:a", "source": "a", "target": "a"}]}"""));
    }

    @Test
    void survivesBeingStored() {
        var graph = Graphs.graph("""
                {"nodes": [{"id": "a", "component_id": "5a0000000000000000000c00", "command": "x", "name": "N", "description": "D",
                            "fields": {"$a.b": [1, 2.50, null, {"k": true}]}, "credentials_id": "5a0000000000000000000c01",
                            "selected_data_samples": ["5a0000000000000000000c02"], "error": true}],
                 "edges": [{"target": "a"}]}""");

        assertThat(GraphReader.stored(GraphForm.withComponents(graph))).isEqualTo(graph);
        assertThat(GraphForm.of(graph).toString()).doesNotContain("component_id");
    }

    @Test
    void ignoresAComponentIdThatAClientSends() {
        var graph = new GraphReader(new GraphFaults(""))
                .read(Map.of(
                        "nodes",
                        java.util.List.of(
                                Map.of("id", "a", "command", "c", "component_id", "5a0000000000000000000c00")),
                        "edges",
                        java.util.List.of()));

        assertThat(graph.nodes().getFirst().componentId()).isNull();
    }
}
