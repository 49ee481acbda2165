package dev.weft.flow.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a client writes for a graph, it has faults that can be told, or none; and to find them takes no longer than it is large. */
class GraphFuzzTest {

    private static final int ROUNDS = 10_000;
    private static final List<String> IDS =
            List.of("a", "b", "c", "d", "e", "", "ä", "a b", "x".repeat(65), "~/", "\u0000");
    private static final List<String> COMMANDS = List.of(
            "weft/webhook:receive",
            "weft/timer:timer",
            "weft/mapper:map",
            "weft/filter:filter",
            "weft/http:request",
            "acme/crm:insert",
            "weft/no:such",
            "",
            ":",
            "/",
            "weft/mapper:map@1");
    private static final List<String> TEXTS = List.of(
            "a",
            "a.b",
            "$x(",
            "\"",
            "/a",
            "https://a",
            "((((",
            "%",
            "minute",
            "Europe/Berlin",
            "*",
            "5a0000000000000000000c01",
            "{{",
            "\ud800",
            "1..",
            "|a|b|",
            "function($x)<s{",
            "a".repeat(300));

    @ParameterizedTest
    @ValueSource(longs = {21, 22})
    void hasFaultsOrNone(long seed) {
        for (var round = 0; round < ROUNDS; round++) {
            var chance = new Chance(new Random(seed * 1_000_003 + round));
            var value = chance.graph();

            assertThat(outcome(value))
                    .as("seed %d, round %d: %s", seed, round, value)
                    .isEqualTo("checked");
        }
    }

    /** With {@code -Dweft.fuzz.minutes=10}: other seeds for so long. */
    @Test
    @EnabledIfSystemProperty(named = "weft.fuzz.minutes", matches = "\\d+")
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void forMinutes() {
        var end = System.nanoTime() + TimeUnit.MINUTES.toNanos(Long.getLong("weft.fuzz.minutes"));
        for (var seed = 2000L; System.nanoTime() < end; seed++) {
            hasFaultsOrNone(seed);
        }
    }

    private static String outcome(Object value) {
        try {
            var faults = new GraphFaults("graph");
            var graph = new GraphReader(faults).read(value);
            new GraphRules(graph, faults).check();
            var rules = new StepRules(graph, Graphs.functions());
            rules.check(faults);
            var whole = GraphForm.withComponents(graph);
            if (faults.isEmpty()) {
                rules.missing(null);
                assertThat(GraphReader.stored(whole)).isEqualTo(graph);
            }
            assertThat(graph.queues()).isPositive();
            assertThat(faults.problems())
                    .allSatisfy(
                            problem -> assertThat(problem.detail()).doesNotContain("java.", "Exception", "dev.weft"));
            return "checked";
        } catch (RuntimeException | StackOverflowError e) {
            return e.toString();
        }
    }

    enum Large {
        CHAIN(n -> n == 0 ? null : List.of(n - 1, n)),
        CHAIN_BACKWARDS(n -> n == 0 ? null : List.of(n, n - 1)),
        STAR(n -> n == 0 ? null : List.of(0, n)),
        CYCLE(n -> List.of(n, (n + 1) % 1000)),
        LOLLIPOP(n -> List.of(n, n == 999 ? 500 : n + 1));

        private final IntFunction<List<Integer>> edge;

        Large(IntFunction<List<Integer>> edge) {
            this.edge = edge;
        }

        Map<String, Object> graph() {
            // Short: it is the graph that is large here.
            var expression = "a & ".repeat(20) + "a";
            var nodes = IntStream.range(0, 1000)
                    .mapToObj(n -> Map.of(
                            "id", "s" + n, "command", "weft/mapper:map", "fields", Map.of("expression", expression)))
                    .toList();
            var edges = new ArrayList<Map<String, Object>>();
            for (var n = 0; n < 5000; n++) {
                var ends = n < 1000 ? edge.apply(n) : List.of(n % 997, n % 997 + 1 + n / 1000);
                if (ends != null) {
                    edges.add(Map.of("source", "s" + ends.get(0), "target", "s" + ends.get(1)));
                }
            }
            return Map.of("nodes", nodes, "edges", edges);
        }
    }

    /** What runs for the first time is slow. */
    @BeforeAll
    static void warmUp() {
        outcome(Large.CHAIN.graph());
    }

    @ParameterizedTest
    @EnumSource
    void theLargestGraphsAreCheckedInAMoment(Large large) {
        var graph = large.graph();

        var begun = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        assertThat(outcome(graph)).isEqualTo("checked");
        var took = Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begun);

        assertThat(took).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void deepValuesAreCheckedOrRefused() {
        Object deep = "a";
        for (var n = 0; n < 400; n++) {
            deep = n % 2 == 0 ? List.of(deep) : Map.of("m", deep);
        }
        var node = Map.of("id", "a", "command", "weft/http:request", "fields", Map.of("body", deep));

        assertThat(outcome(Map.of("nodes", List.of(node), "edges", List.of()))).isEqualTo("checked");
    }

    /** Values by chance: as they should be for the most part. */
    private record Chance(Random random) {

        private boolean rarely() {
            return random.nextInt(15) == 0;
        }

        private <T> T one(List<T> choices) {
            return choices.get(random.nextInt(choices.size()));
        }

        Object graph() {
            if (rarely()) {
                return anything(0);
            }
            var graph = new LinkedHashMap<String, Object>();
            graph.put(
                    "nodes",
                    rarely()
                            ? anything(0)
                            : IntStream.range(0, random.nextInt(7))
                                    .mapToObj(_ -> node())
                                    .toList());
            graph.put(
                    "edges",
                    rarely()
                            ? anything(0)
                            : IntStream.range(0, random.nextInt(9))
                                    .mapToObj(_ -> edge())
                                    .toList());
            return graph;
        }

        private Object node() {
            var node = new LinkedHashMap<String, Object>();
            put(node, "id", one(IDS));
            put(node, "command", one(COMMANDS));
            put(node, "name", one(TEXTS));
            put(node, "fields", fields());
            put(node, "error", random.nextInt(5) == 0);
            put(node, "credentials_id", one(TEXTS));
            put(node, "selected_data_samples", List.of(one(TEXTS)));
            return rarely() ? anything(0) : node;
        }

        private Object edge() {
            var edge = new LinkedHashMap<String, Object>();
            put(edge, "source", one(IDS));
            put(edge, "target", one(IDS));
            put(edge, "config", Map.of("mapper_type", "jsonata", "mapper", fields(), "condition", one(TEXTS)));
            return rarely() ? anything(0) : edge;
        }

        private Map<String, Object> fields() {
            var fields = new LinkedHashMap<String, Object>();
            for (var name : List.of(
                    "expression", "url", "body", "timezone", "raw", "retries", "headers", "cors_origins", "a/b~c")) {
                if (random.nextInt(3) == 0) {
                    fields.put(name, random.nextBoolean() ? one(TEXTS) : anything(0));
                }
            }
            return fields;
        }

        private void put(Map<String, Object> object, String name, Object value) {
            if (!rarely()) {
                object.put(name, rarely() ? anything(0) : value);
            }
        }

        private Object anything(int depth) {
            return switch (random.nextInt(depth > 4 ? 6 : 8)) {
                case 0 -> null;
                case 1 -> random.nextInt() / 7.0;
                case 2 -> random.nextLong();
                case 3 -> random.nextBoolean();
                case 4 -> one(TEXTS);
                case 5 -> one(IDS);
                case 6 -> Arrays.asList(anything(depth + 1), anything(depth + 1));
                default -> {
                    var object = new LinkedHashMap<String, Object>();
                    object.put(one(TEXTS), anything(depth + 1));
                    yield object;
                }
            };
        }
    }
}
