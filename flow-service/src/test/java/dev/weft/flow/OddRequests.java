package dev.weft.flow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Requests as nobody sends them who means well: each is refused, or does no harm, and none is a fault of the service. */
final class OddRequests {

    /** One of them. */
    record Odd(String method, String path, String body, String... headers) {
        @Override
        public String toString() {
            var shown = body == null ? "" : body.length() > 300 ? body.substring(0, 300) + "…" : body;
            return method + " " + (path.length() > 300 ? path.substring(0, 300) + "…" : path) + " " + shown
                    + Arrays.toString(headers);
        }
    }

    private static final List<String> IDS = List.of(
            "5a0000000000000000000c0",
            "5a0000000000000000000c011",
            "5A0000000000000000000C01",
            "zzzzzzzzzzzzzzzzzzzzzzzz",
            "null",
            "-1",
            "%00",
            "%ED%A0%80",
            "%F0%9F%98%80",
            "%2e%2e%2f",
            "$where",
            "a".repeat(5_000));

    private static final List<String> QUERIES = List.of(
            "page[size]=99999999999999999999",
            "page[size]=2147483648&page[number]=2147483648",
            "page[number]=9223372036854775807",
            "page[size]=0",
            "page[size]=-1",
            "page[size]=1.5",
            "page[size]=",
            "page[size]=%00",
            "page[size]=1&page[size]=x",
            "page=1",
            "page[]=1",
            "page[size][]=1",
            "filter[status][]=active",
            "filter[status]=active&filter[status]=x",
            "filter[status]=,",
            "filter[]=x",
            "filter[=x",
            "filter=x",
            "filter[user]=" + "5a0000000000000000000c01,".repeat(200) + "x",
            "filter[has_draft]=true,false,true",
            "filter[nothing]=1",
            "include=nonsense",
            "include=,,",
            "include=user&include=user",
            "sort=",
            "sort=-",
            "sort=--name",
            "sort=name,created_at",
            "sort=$where",
            "search=%00",
            "search=%ED%A0%80",
            "search=%5C%5CE.*",
            "search=" + "%28".repeat(1_000),
            "search=a&search=b",
            "%00=1",
            "=",
            "&&&");

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "1",
            "-1e-400",
            "1e999999999",
            "123456789012345678901234567890123456789012345678901234567890",
            "\"\"",
            "\"x\"",
            "\"a\\u0000b\"",
            "\"\\ud800\"",
            "\"\\udc00x\"",
            "[]",
            "[null]",
            "[[[]]]",
            "{}",
            "{\"\":null}",
            "{\"$set\":{\"a.b\":1}}",
            "{\"\\u0000\":\"\\u0000\",\"\\ud800\":\"\\ud800\"}",
            "{\"nodes\":null,\"edges\":null}",
            "{\"nodes\":[],\"edges\":[{}]}",
            "{\"nodes\":[null],\"edges\":[null]}",
            "{\"nodes\":{\"0\":{}},\"edges\":{}}",
            nested(400),
            nested(5_000));

    private static final List<String> NODES = List.of(
            "\"id\":%s",
            "\"id\":\"s\",\"command\":%s",
            "\"id\":\"s\",\"command\":\"weft/webhook:receive\",\"name\":%s",
            "\"id\":\"s\",\"command\":\"weft/webhook:receive\",\"fields\":%s",
            "\"id\":\"s\",\"command\":\"weft/webhook:receive\",\"fields\":{\"reply_timeout_ms\":%s}",
            "\"id\":\"s\",\"command\":\"weft/timer:timer\",\"fields\":{\"interval\":%s,\"timezone\":%<s}",
            "\"id\":\"s\",\"command\":\"weft/mapper:map\",\"fields\":{\"expression\":%s}",
            "\"id\":\"s\",\"command\":\"weft/webhook:receive\",\"credentials_id\":%s",
            "\"id\":\"s\",\"command\":\"weft/webhook:receive\",\"secret_id\":%s,\"vpn_agent_id\":%<s",
            "\"id\":\"s\",\"command\":\"weft/webhook:receive\",\"selected_data_samples\":%s",
            "\"id\":\"s\",\"command\":\"weft/webhook:receive\",\"error\":%s,\"first\":%<s,\"component_id\":%<s");

    private static final List<String> EDGES = List.of(
            "\"source\":%s,\"target\":\"t\"",
            "\"source\":\"s\",\"target\":%s",
            "\"source\":\"s\",\"target\":\"t\",\"id\":%s",
            "\"source\":\"s\",\"target\":\"t\",\"config\":%s",
            "\"source\":\"s\",\"target\":\"t\",\"config\":{\"mapper\":%s,\"condition\":%<s}",
            "\"source\":\"s\",\"target\":\"t\",\"config\":{\"mapper\":{\"to\":%s,\"type\":%<s}}");

    private OddRequests() {}

    private static String nested(int depth) {
        return "{\"a\":[".repeat(depth / 2) + "1" + "]}".repeat(depth / 2);
    }

    static List<Odd> of(String flow, String workspace) {
        var odd = new ArrayList<Odd>();
        for (var id : IDS) {
            var path = "/v2/flows/" + id;
            for (var end : List.of("", "/versions", "/versions/" + id, "/draft")) {
                odd.add(new Odd("GET", path + end, null));
            }
            odd.add(new Odd("GET", "/v2/flows/" + flow + "/versions/" + id, null));
            odd.add(new Odd("POST", path + "/start", null));
            odd.add(new Odd("POST", path + "/draft/publish", null));
            odd.add(new Odd("DELETE", path, null));
            odd.add(new Odd("PATCH", path, document("flow", "\"id\":\"" + flow + "\",", "\"name\":\"x\"", "")));
            odd.add(new Odd("GET", "/internal/flows?credential=" + id, null));
            odd.add(new Odd("GET", "/internal/flows/" + id, null));
            odd.add(new Odd("GET", "/v2/flows?workspace_id=" + id, null));
            odd.add(new Odd("GET", "/v2/flows?workspace_id=" + workspace + "&workspace_id=" + id, null));
        }
        for (var query : QUERIES) {
            odd.add(new Odd("GET", "/v2/flows?workspace_id=" + workspace + "&" + query, null));
            odd.add(new Odd("GET", "/v2/flows/" + flow + "/versions?" + query, null));
            odd.add(new Odd("GET", "/v2/flows/" + flow + "?" + query, null));
        }
        odd.add(new Odd("GET", "/internal/flows", null));
        bodies(odd, flow, workspace);
        headers(odd, flow);
        return odd;
    }

    private static void bodies(List<Odd> odd, String flow, String workspace) {
        var path = "/v2/flows/" + flow;
        for (var value : VALUES) {
            for (var body : List.of(
                    value,
                    "{\"data\":" + value + "}",
                    "{\"data\":{\"type\":" + value + "}}",
                    document("flow", "\"id\":" + value + ",", "", ""),
                    "{\"data\":{\"type\":\"flow\",\"id\":\"" + flow + "\",\"attributes\":" + value + "}}",
                    document("flow", "", "", value),
                    document("flow", "", "", "{\"workspace\":" + value + "}"),
                    document("flow", "", "", "{\"workspace\":{\"data\":" + value + "}}"),
                    document(
                            "flow",
                            "",
                            "",
                            "{\"workspace\":{\"data\":{\"type\":" + value + ",\"id\":\"" + workspace + "\"}}}"))) {
                odd.add(new Odd("POST", "/v2/flows", body));
                odd.add(new Odd("PATCH", path, body));
                odd.add(new Odd("PUT", path + "/draft", body.replace("\"flow\"", "\"flow-draft\"")));
            }
            for (var start : List.of("/start", "/stop", "/suspend", "/run-now", "/draft/publish")) {
                odd.add(new Odd("POST", path + start, value));
            }
            for (var name : List.of(
                    "name",
                    "description",
                    "type",
                    "default_mapper_type",
                    "cron",
                    "stats_enabled",
                    "graph",
                    "nodes_config",
                    "status",
                    "current_status",
                    "created_at",
                    "api_version",
                    "last_modified",
                    "constructor",
                    "$where",
                    "a.b",
                    "\\u0000")) {
                change(odd, flow, workspace, "\"" + name + "\":" + value);
            }
            for (var node : NODES) {
                change(odd, flow, workspace, "\"graph\":{\"nodes\":[{" + node.formatted(value) + "}],\"edges\":[]}");
            }
            for (var edge : EDGES) {
                change(odd, flow, workspace, """
                        "graph":{"nodes":[{"id":"s","command":"weft/webhook:receive"},{"id":"t","command":"weft/mapper:map"}],"edges":[{%s}]}""".formatted(edge.formatted(value)));
            }
            for (var setting : List.of("\"prefetch\":%s", "\"replicas\":%s,\"cpu\":%<s", "\"%%00\":%s", "\"a.b\":%s")) {
                change(
                        odd,
                        flow,
                        workspace,
                        "\"nodes_config\":{\"step_1\":{" + setting.formatted(value) + "},\"step_2\":" + value + "}");
            }
        }
        for (var body : List.of(
                "",
                " ",
                "{",
                "}",
                "{\"data\":",
                "\uFEFF{}",
                "{\"data\":{},\"data\":{}}",
                "NaN",
                "{'a':1}",
                "\u0000",
                "[" + "[".repeat(100_000))) {
            odd.add(new Odd("POST", "/v2/flows", body));
            odd.add(new Odd("PATCH", path, body));
            odd.add(new Odd("PUT", path + "/draft", body));
        }
    }

    private static void change(List<Odd> odd, String flow, String workspace, String attributes) {
        var made =
                "\"name\":\"x\",\"type\":\"ordinary\",\"default_mapper_type\":\"jsonata\",\"graph\":{\"nodes\":[],\"edges\":[]},";
        odd.add(new Odd(
                "POST",
                "/v2/flows",
                document(
                        "flow",
                        "",
                        made + attributes,
                        "{\"workspace\":{\"data\":{\"type\":\"workspace\",\"id\":\"" + workspace + "\"}}}")));
        odd.add(new Odd("PATCH", "/v2/flows/" + flow, document("flow", "\"id\":\"" + flow + "\",", attributes, "")));
        odd.add(new Odd("PUT", "/v2/flows/" + flow + "/draft", document("flow-draft", "", attributes, "")));
    }

    private static String document(String type, String id, String attributes, String relationships) {
        return "{\"data\":{\"type\":\"" + type + "\"," + id + "\"attributes\":{" + attributes + "}"
                + (relationships.isEmpty() ? "" : ",\"relationships\":" + relationships) + "}}";
    }

    private static void headers(List<Odd> odd, String flow) {
        var path = "/v2/flows/" + flow;
        for (var match : List.of("\"", "*", ",", "W/\"1\"", "\"1\",\"2\"", "x".repeat(4_000))) {
            odd.add(new Odd(
                    "PATCH", path, document("flow", "\"id\":\"" + flow + "\",", "\"name\":3", ""), "If-Match", match));
            odd.add(new Odd("DELETE", path + "/draft", null, "If-Match", match));
        }
        for (var accepted : List.of("text/html", "x", "*/*;q=0", "application/json;q=9", "image/png,")) {
            odd.add(new Odd("GET", path, null, "Accept", accepted));
        }
        for (var method : List.of("PUT", "POST", "TRACE", "FOO")) {
            odd.add(new Odd(method, path, null));
        }
    }
}
