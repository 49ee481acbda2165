package dev.weft.execution.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClients;
import dev.weft.store.EmbeddedStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;

class LogSearchIT {

    private static FlowLog.Entry line(String id, long at, String message) {
        return new FlowLog.Entry(id, "t", "w", "f", "u", "c", "r", "s", "e", "m", "cn", at, 30, message);
    }

    private static LogQuery query(String search) {
        return new LogQuery("w", List.of(), null, null, List.of(), search, 0, 100);
    }

    /** What a search finds among these lines, marked. */
    private static List<String> found(String search, String... messages) {
        try (var server = EmbeddedStore.inMemory();
                var client = MongoClients.create(server.connectionString())) {
            var log = new MongoFlowLog(new MongoTemplate(new SimpleMongoClientDatabaseFactory(client, "search")));
            log.append(IntStream.range(0, messages.length)
                    .mapToObj(i -> line("id" + i, 1000 - i, messages[i]))
                    .toList());
            return log.find(query(search), 0, 100).stream()
                    .map(entry -> LogHits.highlighted(entry.message(), query(search)))
                    .toList();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ünï     | Ünï code ÜNÏ      | <em>Ünï</em> code <em>ÜNÏ</em>
        ÜNÏ     | ünï               | <em>ünï</em>
        привет  | ПРИВЕТ, мир       | <em>ПРИВЕТ</em>, мир
        σ       | ΣΑΣ               | <em>Σ</em>Α<em>Σ</em>
        stanbul | İSTANBUL          | İ<em>STANBUL</em>
        ß       | Straße            | Stra<em>ß</em>e
        😀      | a😀b              | a<em>😀</em>b
        a.c     | abc a.c A.C       | abc <em>a.c</em> <em>A.C</em>
        $1      | it costs $1       | it costs <em>$1</em>
        \\E      | x\\Ey              | x<em>\\E</em>y
        b       | <b>x</b> &amp; y  | <<em>b</em>>x</<em>b</em>> &amp; y
        """)
    void findsAndMarksInAnyCaseAndEscapesNothing(String search, String message, String marked) {
        assertThat(found(search, message)).containsExactly(marked);
    }

    @Test
    void pagesEndWhereTheyAreLargeAndGoOnWithoutAGap() {
        try (var server = EmbeddedStore.inMemory();
                var client = MongoClients.create(server.connectionString())) {
            var log = new MongoFlowLog(new MongoTemplate(new SimpleMongoClientDatabaseFactory(client, "large")));
            var large = "a".repeat(32 * 1024);
            var lines = IntStream.range(0, 200)
                    .mapToObj(i -> line("id" + i, 1000 - i, large))
                    .toList();
            log.append(lines);

            var found = new ArrayList<FlowLog.Entry>();
            while (found.size() < lines.size()) {
                var page = log.find(query("a"), found.size(), 1000);
                assertThat(page).isNotEmpty().hasSizeLessThan(70);
                found.addAll(page);
            }

            assertThat(found).isEqualTo(lines);
            assertThat(LogHits.highlighted(large, query("a")))
                    .hasSizeLessThan(36 * 1024)
                    .startsWith("<em>a</em><em>a</em>")
                    .endsWith("aaa");
        }
    }

    @Test
    void findsNothingElse() {
        assertThat(found("ünï", "uni", "un i")).isEmpty();
    }

    @Test
    void findsAndCountsThoseOfTheFlowsThatAreOfTheWorkspace() {
        try (var server = EmbeddedStore.inMemory();
                var client = MongoClients.create(server.connectionString())) {
            var log = new MongoFlowLog(new MongoTemplate(new SimpleMongoClientDatabaseFactory(client, "flows")));
            log.append(List.of(
                    lineOf("w", "mine", "a", 1),
                    lineOf("w", "mine", "b", 3),
                    lineOf("w", "other", "c", 2),
                    lineOf("w", "third", "d", 4),
                    lineOf("v", "foreign", "e", 5)));

            var asked = new LogQuery("w", List.of("mine", "other", "foreign"), null, null, List.of(), "", 0, 100);

            assertThat(log.find(asked, 0, 2)).extracting(FlowLog.Entry::id).containsExactly("b", "c");
            assertThat(log.count(asked)).isEqualTo(3);
        }
    }

    private static FlowLog.Entry lineOf(String workspace, String flow, String id, long at) {
        return new FlowLog.Entry(id, "t", workspace, flow, "u", "c", "r", "s", "e", "m", "cn", at, 30, "text");
    }

    @Test
    void linesOfOneTimeComeAsTheyWereWrittenNewestFirstAndPageByPage() {
        try (var server = EmbeddedStore.inMemory();
                var client = MongoClients.create(server.connectionString())) {
            var log = new MongoFlowLog(new MongoTemplate(new SimpleMongoClientDatabaseFactory(client, "order")));
            var lines = new ArrayList<FlowLog.Entry>();
            for (var i = 0; i < 12; i++) {
                lines.add(line(String.format(Locale.ROOT, "id%02d", i), 5000, "line " + i));
            }
            lines.add(line("a", 6000, "line 12"));
            Collections.shuffle(lines, new Random(7));
            log.append(lines);

            var read = new ArrayList<String>();
            for (var offset = 0; offset < 13; offset += 5) {
                log.find(query(""), offset, 5).forEach(entry -> read.add(entry.message()));
            }

            assertThat(read)
                    .isEqualTo(IntStream.iterate(12, i -> i >= 0, i -> i - 1)
                            .mapToObj(i -> "line " + i)
                            .toList());
        }
    }
}
