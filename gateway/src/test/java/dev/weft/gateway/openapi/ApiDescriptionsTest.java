package dev.weft.gateway.openapi;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.weft.common.problem.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The description says what {@code endpoints.txt} and {@code docs/permissions.md} say, and is what OpenAPI calls one. */
class ApiDescriptionsTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Map<String, PublishedFile> FILES = ApiDescriptions.read(JSON);
    private static final JsonNode API =
            JSON.readTree(requireNonNull(FILES.get("/openapi/v2.json")).content());
    private static final Pattern ENDPOINT = Pattern.compile("(GET|POST|PUT|PATCH|DELETE)\\s+(/v2\\S*)\\s.*");
    private static final Pattern PERMISSION =
            Pattern.compile("\\| (GET|POST|PUT|PATCH|DELETE) \\| `(/v2\\S*)` \\| \\w+ \\| ([^|]+) \\|");
    private static final String REFERENCE = "$ref";

    @Test
    void everyEndpointIsDescribedAndNothingElse() throws IOException {
        var endpoints = Files.readAllLines(Path.of("src/main/resources/dev/weft/gateway/route/endpoints.txt")).stream()
                .map(ENDPOINT::matcher)
                .filter(java.util.regex.Matcher::matches)
                .map(row -> row.group(1) + " " + row.group(2));

        assertThat(operations().keySet()).containsExactlyInAnyOrderElementsOf(endpoints.toList());
    }

    @Test
    void permissionsAreThoseOfTheDocument() throws IOException {
        var asked = new TreeMap<String, String>();
        Files.readAllLines(Path.of("../docs/permissions.md")).stream()
                .map(PERMISSION::matcher)
                .filter(java.util.regex.Matcher::matches)
                .forEach(row -> asked.put(
                        row.group(1) + " " + row.group(2), row.group(3).replace("`", "")));
        var described = new TreeMap<String, String>();
        operations()
                .forEach((name, operation) ->
                        described.put(name, operation.path("x-permission").asString("")));

        assertThat(described).containsExactlyEntriesOf(asked);
    }

    /** The members that OpenAPI 3.1 has for what is used of it: one that is misspelt is read by nobody. */
    @Test
    void itIsADocumentOfOpenApi() {
        assertThat(API.path("openapi").asString("")).startsWith("3.1.");
        assertThat(API.path("info").propertyNames()).contains("title", "version");
        onlyMembers(API, "openapi", "info", "servers", "paths", "components", "security", "tags");
        API.path("paths")
                .forEach(item -> onlyMembers(
                        item, "summary", "description", "parameters", "get", "put", "post", "delete", "patch"));
        operations()
                .values()
                .forEach(operation -> onlyMembers(
                        operation,
                        "operationId",
                        "tags",
                        "summary",
                        "description",
                        "x-permission",
                        "parameters",
                        "requestBody",
                        "responses",
                        "security"));
        API.path("components").path("parameters").forEach(parameter -> {
            onlyMembers(parameter, "name", "in", "required", "description", "schema", "style", "explode", "example");
            assertThat(parameter.path("in").asString("")).isIn("path", "query", "header");
        });
        API.path("components")
                .path("responses")
                .forEach(response -> onlyMembers(response, "description", "headers", "content"));
    }

    private static void onlyMembers(JsonNode node, String... known) {
        assertThat(known).as(node.toString()).containsAll(node.propertyNames());
    }

    @Test
    void allSchemasAreSchemas() {
        var schemas = new ArrayList<JsonNode>();
        walk(API, (name, value) -> {
            if (name.equals("schema")) {
                schemas.add(value);
            }
        });
        API.path("components").path("schemas").forEach(schemas::add);
        var meta = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(com.networknt.schema.SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        assertThat(schemas)
                .isNotEmpty()
                .allSatisfy(schema ->
                        assertThat(meta.validate(schema)).as(schema.toString()).isEmpty());
    }

    @Test
    void referencesLeadSomewhereAndNoComponentIsLeftOver() {
        var referred = new HashSet<String>();
        walk(API, (name, value) -> {
            if (name.equals(REFERENCE)) {
                referred.add(value.stringValue());
            }
        });
        var components = API.path("components").properties().stream()
                .filter(kind -> !kind.getKey().equals("securitySchemes"))
                .flatMap(kind -> kind.getValue().properties().stream()
                        .map(named -> "#/components/" + kind.getKey() + "/" + named.getKey()))
                .toList();

        assertThat(referred).containsExactlyInAnyOrderElementsOf(components);
    }

    @Test
    void everyOperationSaysWhatItTakesAndHowItRefuses() {
        var ids = new HashSet<String>();
        operations().forEach((name, operation) -> {
            var responses = operation.path("responses");
            assertThat(ids.add(operation.path("operationId").stringValue()))
                    .as(name)
                    .isTrue();
            assertThat(operation.path("summary").asString("")).as(name).isNotEmpty();
            assertThat(responses.propertyNames().stream().filter(status -> status.startsWith("2")))
                    .as(name)
                    .hasSize(1);
            assertThat(responses.propertyNames()).as(name).contains("429", "500", "503");
            assertThat(responses.has("401")).as(name).isEqualTo(!name.equals("POST /v2/invites/{token}/accept"));
            if (operation.has("requestBody")) {
                assertThat(responses.propertyNames()).as(name).contains("400", "413", "415");
            }
        });
    }

    @Test
    void parametersOfAPathAreThoseInIt() {
        API.path("paths").forEachEntry((path, item) -> {
            var named = item.path("parameters")
                    .valueStream()
                    .map(parameter ->
                            parameter.path(REFERENCE).stringValue().substring("#/components/parameters/".length()))
                    .map(name -> API.path("components")
                            .path("parameters")
                            .path(name)
                            .path("name")
                            .stringValue())
                    .toList();
            var written = Pattern.compile("\\{(\\w+)}")
                    .matcher(path)
                    .results()
                    .map(found -> found.group(1))
                    .toList();

            assertThat(named).as(path).isEqualTo(written);
        });
    }

    @Test
    void errorCodesAreThoseOfTheSuite() {
        assertThat(API.path("components")
                        .path("schemas")
                        .path("ErrorCode")
                        .path("enum")
                        .valueStream()
                        .map(JsonNode::stringValue))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(ProblemCode.values()).map(ProblemCode::code).toList());
    }

    @Test
    void theTagFollowsTheContent() {
        var again = ApiDescriptions.read(JSON);

        assertThat(requireNonNull(again.get("/openapi/v2.json")).tag())
                .isEqualTo(requireNonNull(FILES.get("/openapi/v2.json")).tag());
        assertThat(PublishedFile.of("text/plain", new byte[] {1}).tag())
                .isNotEqualTo(PublishedFile.of("text/plain", new byte[] {2}).tag());
    }

    @Test
    void whatTwoPartsDescribeIsRefused() {
        var part = Map.of("paths", Map.of("/v2/x", Map.of("get", Map.of())));
        var parts = new DescriptionParts().add("a.yaml", part);

        assertThatThrownBy(() -> parts.add("b.yaml", part)).hasMessage("b.yaml describes get for a second time.");
    }

    @Test
    void twoPartsMayShareAPath() {
        var variables = List.of(Map.of("$ref", "#/components/parameters/X"));
        var parts = new DescriptionParts()
                .add("a.yaml", Map.of("paths", Map.of("/v2/x", Map.of("get", Map.of(), "parameters", variables))))
                .add("b.yaml", Map.of("paths", Map.of("/v2/x", Map.of("put", Map.of(), "parameters", variables))));

        assertThat(parts.join().get("paths"))
                .isEqualTo(Map.of("/v2/x", Map.of("get", Map.of(), "put", Map.of(), "parameters", variables)));
    }

    /** By method and path. */
    private static Map<String, JsonNode> operations() {
        var operations = new TreeMap<String, JsonNode>();
        API.path("paths")
                .forEachEntry((path, item) -> item.forEachEntry((method, operation) -> {
                    if (List.of("get", "put", "post", "patch", "delete").contains(method)) {
                        operations.put(method.toUpperCase(java.util.Locale.ROOT) + " " + path, operation);
                    }
                }));
        return operations;
    }

    private static void walk(JsonNode node, BiConsumer<String, JsonNode> member) {
        node.forEachEntry((name, value) -> {
            member.accept(name, value);
            walk(value, member);
        });
        if (node.isArray()) {
            node.forEach(value -> walk(value, member));
        }
    }
}
