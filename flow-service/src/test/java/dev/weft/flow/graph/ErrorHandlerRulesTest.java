package dev.weft.flow.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErrorHandlerRulesTest {

    private static String graph(String handler, String edges) {
        return """
                {"nodes": [{"id": "a", "command": "weft/webhook:receive"}, {"id": "b", "command": "weft/mapper:map"},
                           %s, {"id": "d", "command": "weft/mapper:map"}],
                 "edges": [{"source": "a", "target": "b"}, {"source": "h", "target": "d"}%s]}""".formatted(handler, edges);
    }

    private static final String HANDLER = "{\"id\": \"h\", \"command\": \"weft/mapper:map\", \"error\": true}";

    @Test
    void standsApartAndReachesStepsBehindIt() {
        assertThat(Graphs.faults(graph(HANDLER, ""))).isEmpty();
        assertThat(Graphs.faults(graph(HANDLER, ", {\"source\": \"b\", \"target\": \"d\"}")))
                .isEmpty();
    }

    @Test
    void itsEdgeHasNoSource() {
        assertThat(Graphs.faults(graph(HANDLER, ", {\"target\": \"h\"}"))).isEmpty();
        assertThat(Graphs.faults(graph(HANDLER, ", {\"source\": \"b\", \"target\": \"h\"}")))
                .containsExactly("/edges/2");
        assertThat(Graphs.faults(graph(HANDLER, ", {\"target\": \"h\"}, {\"target\": \"h\"}")))
                .containsExactly("/edges/3");
        assertThat(Graphs.faults(graph(HANDLER, ", {\"target\": \"h\", \"config\": {\"condition\": \"x\"}}")))
                .containsExactly("/edges/2/config");
    }

    @Test
    void isAnAction() {
        var trigger = "{\"id\": \"h\", \"command\": \"weft/timer:timer\", \"error\": true}";

        assertThat(Graphs.faults(graph(trigger, ""))).containsExactly("/nodes/2/command");
    }

    @Test
    void isOneAtMost() {
        var two = HANDLER + ", {\"id\": \"h2\", \"command\": \"weft/mapper:map\", \"error\": true}";

        assertThat(Graphs.faults(graph(two, ""))).containsExactly("/nodes/3/error");
    }

    @Test
    void isNoFirstStep() {
        assertThat(Graphs.faults("{\"nodes\": [" + HANDLER + "], \"edges\": []}"))
                .containsExactly("/nodes");
    }
}
