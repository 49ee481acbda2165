package dev.weft.store.key;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.MaxKey;
import de.bwaldvogel.mongo.bson.MinKey;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StoreKeyTest {
    private static final List<Object> SORTED = Arrays.asList(
            MinKey.getInstance(),
            null,
            Double.NEGATIVE_INFINITY,
            Long.MIN_VALUE,
            -1.5,
            -1,
            0,
            0.5,
            7L,
            1L << 53,
            (1L << 53) + 1,
            Long.MAX_VALUE - 1,
            Long.MAX_VALUE,
            0x1p63,
            1e300,
            "",
            "a",
            "a\u0000",
            "a\u0000b",
            "a\u0001",
            "ab",
            "b",
            "ü",
            "\uD83D\uDE00",
            "\uFFFD",
            new Document("a", 1),
            new Document("a", 2),
            new BinData(new byte[] {9}),
            new BinData(new byte[] {1, 1}),
            new UUID(1, 1),
            new UUID(-1, 1),
            new ObjectId("650000000000000000000001"),
            new ObjectId("650000000000000000000002"),
            false,
            true,
            Instant.parse("1960-01-01T00:00:00Z"),
            Instant.parse("2026-01-01T00:00:00Z"),
            MaxKey.getInstance());

    @Test
    void sortsAsItsValues() {
        var keys = SORTED.stream().map(StoreKey::of).toList();

        assertThat(keys).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void sortsTheOtherWayWhereDescending() {
        var keys = new ArrayList<>(SORTED.stream()
                .map(value -> new KeyWriter()
                        .value(value, false)
                        .append(StoreKey.of("z"))
                        .toKey())
                .toList());

        assertThat(keys.reversed()).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void agreesWithTheLibraryOnStringsAndNumbers() {
        var values = SORTED.stream()
                .filter(value -> value instanceof String
                        || (value instanceof Number number && Math.abs(number.doubleValue()) < 0x1p53))
                .toList();

        for (var one : values) {
            for (var other : values) {
                assertThat(Integer.signum(StoreKey.of(one).compareTo(StoreKey.of(other))))
                        .as("%s and %s", one, other)
                        .isEqualTo(Integer.signum(ValueComparator.asc().compare(one, other)));
            }
        }
    }

    @Test
    void isTheSameForEqualNumbers() {
        assertThat(StoreKey.of(1)).isEqualTo(StoreKey.of(1L)).isEqualTo(StoreKey.of(1.0));
        assertThat(StoreKey.of(0.0)).isEqualTo(StoreKey.of(-0.0));
    }
}
