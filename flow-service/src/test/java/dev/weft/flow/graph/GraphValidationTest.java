package dev.weft.flow.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GraphValidationTest {

    private static final String NODES = """
            {"id": "a", "command": "weft/webhook:receive"}, {"id": "b", "command": "weft/mapper:map"},
            {"id": "c", "command": "weft/mapper:map"}""";

    private static String edges(String edges) {
        return "{\"nodes\": [" + NODES + "], \"edges\": [" + edges.replace('\'', '"') + "]}";
    }

    private static String second(String node) {
        return "{\"nodes\": [{\"id\": \"a\", \"command\": \"weft/webhook:receive\"}, " + node.replace('\'', '"')
                + "], \"edges\": [{\"source\": \"a\", \"target\": \"b\"}]}";
    }

    @Test
    void acceptsAChainAndAnEmptyGraph() {
        assertThat(Graphs.faults(Graphs.TWO_STEPS)).isEmpty();
        assertThat(Graphs.faults("{\"nodes\": [], \"edges\": []}")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {'source':'a','target':'b'},{'source':'b','target':'c'},{'source':'a','target':'x'}  | /edges/2/target
                    {'source':'a','target':'b'},{'source':'b','target':'c'},{'source':'x','target':'b'}  | /edges/2/source
                    {'source':'a','target':'b'},{'source':'b','target':'c'},{'source':'a','target':''}   | /edges/2/target
                    {'source':'a','target':'b'},{'source':'','target':'c'}                               | /edges/1/source
                    {'source':'a','target':'b'},{'source':'b','target':'c'},{'source':'a','target':'b'}  | /edges/2
                    {'source':'a','target':'b'},{'source':'b','target':'c'},{'source':'b','target':'b'}  | /edges/2
                    {'source':'a','target':'b'},{'source':'b','target':'c'},{'source':'c','target':'b'}  | /edges/2
                    {'source':'a','target':'b'},{'source':'b','target':'c'},{'target':'b'}               | /edges/2/source
                    {'source':'a','target':'b'},{'source':'b','target':'c'},{'source':'a'}               | /edges/2/target
                    {'source':'a','target':'b'},{'source':'b','target':'c'},7                            | /edges/2
                    {'source':'a','target':'b'}                                                          | /nodes/2
                    {'source':'a','target':'b'},{'source':'b','target':'c','config':{'mapper':'x'}}      | /edges/1/config/mapper
                    {'source':'a','target':'b'},{'source':'b','target':'c','config':{'condition':5}}     | /edges/1/config/condition
                    {'source':'a','target':'b'},{'source':'b','target':'c','config':{'mapper_type':'x'}} | /edges/1/config/mapper_type
                    {'source':'a','target':'b'},{'source':'b','target':'c','config':{'condition':'a = '}} | /edges/1/config/condition
                    {'source':'a','target':'b'},{'source':'b','target':'c','config':{'mapper':{'x':{'y/z':['a','b +']}}}} | /edges/1/config/mapper/x/y~1z/1
                    {'source':'a','target':'b'},{'source':'b','target':'c','config':{'mapper':{'to':'info@acme.org'}}} | /edges/1/config/mapper/to
                    """)
    void refusesFaultyEdges(String edges, String pointer) {
        assertThat(Graphs.faults(edges(edges))).contains(pointer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {'id':'a','command':'weft/mapper:map'}                                                  | /nodes/1/id
                    {'id':'a b','command':'weft/mapper:map'}                                                | /nodes/1/id
                    {'command':'weft/mapper:map'}                                                           | /nodes/1/id
                    {'id':'b'}                                                                              | /nodes/1/command
                    {'id':'b','command':5}                                                                  | /nodes/1/command
                    {'id':'b','command':'weft/nothing:map'}                                                 | /nodes/1/command
                    {'id':'b','command':'weft/timer:timer'}                                                 | /nodes/1/command
                    {'id':'b','command':'weft/mapper:map','fields':[]}                                      | /nodes/1/fields
                    {'id':'b','command':'weft/mapper:map','fields':{'expression':'{\\'a\\': '}}                 | /nodes/1/fields/expression
                    {'id':'b','command':'weft/http:request','fields':{'url':'http://[','body':{'a':['(((']}}} | /nodes/1/fields/body/a/0
                    {'id':'b','command':'weft/http:request','fields':{'retries':11}}                        | /nodes/1/fields/retries
                    {'id':'b','command':'weft/http:request','fields':{'retries':2.5}}                       | /nodes/1/fields/retries
                    {'id':'b','command':'weft/http:request','fields':{'retries':true}}                      | /nodes/1/fields/retries
                    {'id':'b','command':'weft/http:request','fields':{'headers':5}}                         | /nodes/1/fields/headers
                    {'id':'b','command':'weft/http:request','fields':{'url':5}}                             | /nodes/1/fields/url
                    {'id':'b','command':'weft/mapper:map','credentials_id':'x'}                             | /nodes/1/credentials_id
                    {'id':'b','command':'weft/mapper:map','selected_data_samples':['x']}                    | /nodes/1/selected_data_samples
                    {'id':'b','command':'weft/mapper:map','name':'a\\u000ab'}                             | /nodes/1/name
                    {'id':'b','command':'weft/mapper:map','name':'a\\u0000b'}                             | /nodes/1/name
                    {'id':'b','command':'weft/mapper:map','error':'yes'}                                    | /nodes/1/error
                    'b'                                                                                     | /nodes/1
                    """)
    void refusesFaultyNodes(String node, String pointer) {
        assertThat(Graphs.faults(second(node))).contains(pointer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {'id':'b','command':'weft/http:request','fields':{'url':'https://x.y/?a=b&c=%20','retries':0}}
                    {'id':'b','command':'weft/mapper:map','name':'a\\tb'}
                    {'id':'b','command':'weft/http:request','fields':{'url':'base & \\'/x\\'','retries':10,'headers':{'a':'b'},'body':{'n':5}}}
                    {'id':'b','command':'weft/http:request','fields':{'headers':'{\\'a\\': b}','something':{'else':1}}}
                    {'id':'b','command':'weft/filter:filter','fields':{'expression':true}}
                    {'id':'b','command':'weft/mapper:map'}
                    {'id':'b','command':'acme/crm:insert','fields':{'any':'((('}}
                    """)
    void acceptsWellFormedNodes(String node) {
        assertThat(Graphs.faults(second(node))).isEmpty();
    }

    private static String withOrigins(String origins) {
        return "{\"nodes\": [{\"id\": \"a\", \"command\": \"weft/webhook:receive\", \"fields\": {\"cors_origins\": "
                + origins.replace('\'', '"') + "}}], \"edges\": []}";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'https://a.test'",
                "['a.test']",
                "['https://a.test/']",
                "['https://a.test/x']",
                "['https://a.test?x']",
                "['https://a.test:x']",
                "['https://u@a.test']",
                "['https://*.test']",
                "['*','https://a.test']",
                "['null']",
                "[1]",
                "['']"
            })
    void refusesOriginsThatAreNone(String origins) {
        assertThat(Graphs.faults(withOrigins(origins))).contains("/nodes/0/fields/cors_origins");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "['*']",
                "['https://a.test','http://localhost:3000']",
                "['http://[::1]:80','https://b-c.a.test:8443']",
                "['chrome-extension://abcdef']",
                "[]"
            })
    void acceptsOrigins(String origins) {
        assertThat(Graphs.faults(withOrigins(origins))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    5                                                          | ``
                    {'nodes':{},'edges':[]}                                    | /nodes
                    {'edges':[]}                                               | /nodes
                    {'nodes':[]}                                               | /edges
                    {'nodes':[],'edges':[{'source':'a','target':'b'}]}         | /edges/0/source
                    {'nodes':[{'id':'a','command':'weft/mapper:map'}],'edges':[]} | /nodes/0/command
                    """)
    void refusesFaultyGraphs(String graph, String pointer) {
        assertThat(Graphs.faults(graph.replace('\'', '"'))).contains(pointer);
    }

    @Test
    void reportsAllFaultsAtOnce() {
        var graph = """
                {"nodes": [{"id": "a", "command": "weft/webhook:receive", "fields": {"raw": "yes", "reply_timeout_ms": 999}},
                           {"id": "b", "command": "x"}],
                 "edges": [{"source": "a", "target": "b", "config": {"condition": "(", "mapper": {"p": ")"}}}]}""";

        assertThat(Graphs.faults(graph))
                .containsExactlyInAnyOrder(
                        "/nodes/0/fields/raw",
                        "/nodes/0/fields/reply_timeout_ms",
                        "/nodes/1/command",
                        "/edges/0/config/condition",
                        "/edges/0/config/mapper/p");
    }

    @Test
    void aDiamondIsNoCycle() {
        assertThat(Graphs.faults(
                        edges("{'source':'a','target':'b'},{'source':'a','target':'c'},{'source':'b','target':'c'}")))
                .isEmpty();
    }
}
