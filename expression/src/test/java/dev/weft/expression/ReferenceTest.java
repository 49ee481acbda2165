package dev.weft.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.expression.value.ExpressionBounds;
import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.Nothing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Values and faults as the language's reference implementation, version 2.2.2, gives them for the input in the first line of
 * {@code reference.txt}: JSON, {@code undefined} or the code of a fault.
 */
class ReferenceTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final Pattern CODE = Pattern.compile("[A-Z]\\d{4}");
    private static final List<String> LINES = lines();
    private static final Object INPUT = JSON.readValue(LINES.getFirst().substring("{input}".length()), Object.class);

    static List<Row> rows() {
        var rows = new ArrayList<Row>();
        var kind = "";
        for (var line : LINES.subList(1, LINES.size())) {
            var arrow = line.lastIndexOf(" => ");
            if (line.startsWith("# ")) {
                kind = line.substring(2);
            } else if (arrow > 0) {
                rows.add(new Row(kind, line.substring(0, arrow), line.substring(arrow + 4)));
            }
        }
        return rows;
    }

    @ParameterizedTest
    @MethodSource("rows")
    void hasTheSameValue(Row row) {
        assertThat(outcome(row.expression())).isEqualTo(expected(row.expected()));
    }

    private static @Nullable Object outcome(String expression) {
        var bounds =
                new ExpressionBounds(System.nanoTime() + Duration.ofSeconds(20).toNanos(), 6_000);
        try {
            var value = Program.parse(expression).evaluate(INPUT, name -> null, bounds, Clock.systemUTC());
            return Nothing.is(value) ? Outcome.UNDEFINED : doubles(value);
        } catch (ExpressionFault e) {
            return new Outcome(e.code());
        }
    }

    private static @Nullable Object expected(String written) {
        return CODE.matcher(written).matches() || written.equals("undefined")
                ? new Outcome(written)
                : doubles(JSON.readValue(written, Object.class));
    }

    private static @Nullable Object doubles(@Nullable Object value) {
        return switch (value) {
            case Number number -> number.doubleValue() + 0.0;
            case List<?> list -> {
                var copy = new ArrayList<@Nullable Object>();
                list.forEach(element -> copy.add(Nothing.is(element) ? null : doubles(element)));
                yield copy;
            }
            case Map<?, ?> map -> {
                var copy = new LinkedHashMap<String, @Nullable Object>();
                map.forEach((name, member) -> copy.put(String.valueOf(name), doubles(member)));
                yield copy;
            }
            case null, default -> value;
        };
    }

    private static List<String> lines() {
        try (var stream = ReferenceTest.class.getResourceAsStream("reference.txt")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One expression of a kind. */
    record Row(String kind, String expression, String expected) {}

    /** Not a value: nothing, or the code of a fault. */
    record Outcome(String name) {
        static final Outcome UNDEFINED = new Outcome("undefined");
    }
}
