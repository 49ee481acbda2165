package dev.weft.standalone;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The Kubernetes base gives each service what its settings ask for, and nothing that none of them reads. */
class ManifestsTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Path ROOT = Path.of("..");
    private static final Path BASE = ROOT.resolve("k8s/base");
    private static final Path SHARED = ROOT.resolve("common/src/main/java/dev/weft/common/service/WeftService.java");

    /** A variable with what follows its name: a default, or nothing. */
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(WEFT_[A-Z_]+)(?=:?([^}]*))");

    private static final Map<String, String> PORTS = Map.of(
            "gateway", "WEFT_PORT",
            "identity-service", "WEFT_IDENTITY_PORT",
            "workspace-service", "WEFT_WORKSPACE_PORT",
            "component-registry", "WEFT_REGISTRY_PORT",
            "flow-service", "WEFT_FLOW_PORT",
            "execution-service", "WEFT_EXECUTION_PORT");

    static Stream<String> services() {
        return PORTS.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("services")
    void givesAServiceAllItNeeds(String service) throws IOException {
        assertThat(given(service)).containsAll(needed(service));
    }

    @ParameterizedTest
    @MethodSource("services")
    void givesAServiceNoSecretOfAnother(String service) throws IOException {
        var read = new TreeSet<>(variables(service).keySet());

        for (var source : container(service).path("envFrom")) {
            var secret = source.path("secretRef").path("name").asString("");
            assertThat(read).containsAll(data("Secret", secret));
        }
    }

    @Test
    void givesNothingThatNoServiceReads() throws IOException {
        var read = new TreeSet<String>();
        var given = new TreeSet<String>();
        for (var service : services().toList()) {
            read.addAll(variables(service).keySet());
            given.addAll(given(service));
        }

        assertThat(read).containsAll(given);
    }

    @ParameterizedTest
    @MethodSource("services")
    void opensThePortsThatAServiceListensOn(String service) throws IOException {
        var http = variables(service).get(PORTS.get(service));
        var management = variables(service)
                .get((service.equals("gateway")
                                ? "WEFT_GATEWAY"
                                : PORTS.get(service).replace("_PORT", "")) + "_MANAGEMENT_PORT");
        var ports = container(service).path("ports");

        assertThat(ports.path(0).path("name").asString()).isEqualTo("http");
        assertThat(ports.path(0).path("containerPort").asString()).isEqualTo(http);
        assertThat(ports.path(1).path("name").asString()).isEqualTo("management");
        assertThat(ports.path(1).path("containerPort").asString()).isEqualTo(management);
        assertThat(template(service)
                        .path("metadata")
                        .path("annotations")
                        .path("prometheus.io/port")
                        .asString())
                .isEqualTo(management);
        var published = one(service, "service.yaml").path("spec").path("ports");
        assertThat(published).hasSize(1);
        assertThat(published.path(0).path("port").asString()).isEqualTo(http);
        for (var probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
            assertThat(container(service)
                            .path(probe)
                            .path("httpGet")
                            .path("port")
                            .asString())
                    .isEqualTo("management");
        }
    }

    /** The gateway calls all others; nobody calls it. */
    static Stream<String> calledServices() {
        return services().filter(service -> !service.equals("gateway"));
    }

    @ParameterizedTest
    @MethodSource("calledServices")
    void callsAServiceByItsName(String service) throws IOException {
        var url = PORTS.get(service).replace("_PORT", "_URL");

        var port = one(service, "service.yaml")
                .path("spec")
                .path("ports")
                .path(0)
                .path("port")
                .asString();

        assertThat(settings().path("data").path(url).asString()).isEqualTo("http://" + service + ":" + port);
    }

    @ParameterizedTest
    @MethodSource("services")
    void runsAServiceWithTheLeastRights(String service) throws IOException {
        var pod = template(service).path("spec");
        var rights = container(service).path("securityContext");

        assertThat(container(service).path("image").asString()).isEqualTo("weft/" + service);
        assertThat(container(service).path("resources").path("limits").has("memory"))
                .isTrue();
        assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(pod.path("securityContext").path("runAsNonRoot").asBoolean(false))
                .isTrue();
        assertThat(rights.path("readOnlyRootFilesystem").asBoolean(false)).isTrue();
        assertThat(rights.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(rights.path("capabilities").path("drop").path(0).asString()).isEqualTo("ALL");
        assertThat(container(service)
                        .path("volumeMounts")
                        .path(0)
                        .path("mountPath")
                        .asString())
                .isEqualTo("/tmp");
    }

    @ParameterizedTest
    @MethodSource("services")
    void selectsThePodsOfAService(String service) throws IOException {
        var label = "app.kubernetes.io/name";
        var pods = template(service).path("metadata").path("labels").path(label).asString();

        assertThat(pods).isEqualTo(service);
        assertThat(one(service, "deployment.yaml")
                        .path("spec")
                        .path("selector")
                        .path("matchLabels")
                        .path(label)
                        .asString())
                .isEqualTo(pods);
        assertThat(one(service, "service.yaml")
                        .path("spec")
                        .path("selector")
                        .path(label)
                        .asString())
                .isEqualTo(pods);
        assertThat(one(service, "disruption.yaml")
                        .path("spec")
                        .path("selector")
                        .path("matchLabels")
                        .path(label)
                        .asString())
                .isEqualTo(pods);
        assertThat(one("", "kustomization.yaml").path("resources").toString()).contains("\"" + service + "\"");
        assertThat(one(service, "kustomization.yaml").path("resources").toString())
                .contains("deployment.yaml", "service.yaml", "disruption.yaml");
    }

    // ---- what a service reads

    /** All variables of a service with their defaults. */
    private static Map<String, String> variables(String service) throws IOException {
        var text = Files.readString(SHARED)
                + Files.readString(ROOT.resolve(service).resolve("src/main/resources/" + service + ".yml"));
        var variables = new LinkedHashMap<String, String>();
        for (var matcher = VARIABLE.matcher(text); matcher.find(); ) {
            variables.put(matcher.group(1), matcher.group(2));
        }
        return variables;
    }

    /** Those whose default is nothing, or holds on one machine alone. */
    private static Set<String> needed(String service) throws IOException {
        var needed = new TreeSet<String>();
        variables(service).forEach((name, value) -> {
            if (value.isEmpty() || value.contains("localhost") || value.contains("127.0.0.1")) {
                needed.add(name);
            }
        });
        // Listens on all addresses by default, unlike the others.
        if (service.equals("gateway")) {
            needed.remove("WEFT_INTERNAL_ADDRESS");
        }
        return needed;
    }

    // ---- what the base gives it

    private static Set<String> given(String service) throws IOException {
        var given = new TreeSet<String>();
        for (var variable : container(service).path("env")) {
            given.add(variable.path("name").asString());
        }
        for (var source : container(service).path("envFrom")) {
            given.addAll(
                    data("ConfigMap", source.path("configMapRef").path("name").asString("")));
            given.addAll(data("Secret", source.path("secretRef").path("name").asString("")));
        }
        given.removeIf(name -> !name.startsWith("WEFT_"));
        return given;
    }

    /** The keys of a ConfigMap of the base or of a Secret of the example; none for the name "". */
    private static Set<String> data(String kind, String name) throws IOException {
        if (name.isEmpty()) {
            return new TreeSet<>();
        }
        var found = Stream.concat(Stream.of(settings()), documents(ROOT.resolve("k8s/secrets.example.yaml")).stream())
                .filter(document -> document.path("kind").asString().equals(kind))
                .filter(document ->
                        document.path("metadata").path("name").asString().equals(name))
                .toList();
        assertThat(found).as(kind + " " + name).hasSize(1);
        return Stream.of("data", "stringData")
                .flatMap(part -> found.getFirst().path(part).propertyNames().stream())
                .collect(toCollection(TreeSet::new));
    }

    private static JsonNode settings() throws IOException {
        return one("", "settings.yaml");
    }

    private static JsonNode template(String service) throws IOException {
        return one(service, "deployment.yaml").path("spec").path("template");
    }

    private static JsonNode container(String service) throws IOException {
        return template(service).path("spec").path("containers").path(0);
    }

    private static JsonNode one(String directory, String file) throws IOException {
        return documents(BASE.resolve(directory).resolve(file)).getFirst();
    }

    private static List<JsonNode> documents(Path file) throws IOException {
        return StreamSupport.stream(
                        new Yaml()
                                .loadAll(new StringReader(Files.readString(file)))
                                .spliterator(),
                        false)
                .<JsonNode>map(JSON::valueToTree)
                .toList();
    }
}
