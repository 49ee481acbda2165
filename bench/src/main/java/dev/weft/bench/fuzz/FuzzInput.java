package dev.weft.bench.fuzz;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The values that expressions made by chance are evaluated for: what JSON can hold, with its edges. */
final class FuzzInput {

    private FuzzInput() {}

    static @Nullable Object of(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> new ArrayList<@Nullable Object>(Arrays.asList(1, "a", null, List.of(List.of(2)), Map.of()));
            case 1 -> null;
            case 2 -> "abc";
            case 3 -> List.of();
            default -> object(random);
        };
    }

    private static Map<String, @Nullable Object> object(Random random) {
        var object = new LinkedHashMap<String, @Nullable Object>();
        object.put("a", random.nextBoolean() ? "x" : 1);
        object.put("b", random.nextInt(100) - 50);
        object.put("n", random.nextDouble() * 1e6);
        object.put("text", "The quick brown fox, \ud83d\ude00 and \ud800 more ".repeat(1 + random.nextInt(4)));
        object.put("items", items(random.nextInt(30)));
        object.put("deep", deep(random.nextInt(60)));
        object.put("empty", new ArrayList<>());
        object.put("none", null);
        object.put("a b", Map.of("", "", "@", 1, "$", 2));
        object.put("date", "2018-02-05T09:36:22.312+01:00");
        object.put("big", new BigDecimal("1e-400"));
        object.put("mixed", Arrays.asList(true, new BigInteger("9".repeat(400)), "z", List.of(), Map.of("a", 1)));
        return object;
    }

    private static List<@Nullable Object> items(int count) {
        var items = new ArrayList<@Nullable Object>();
        for (var i = 0; i < count; i++) {
            var item = new LinkedHashMap<String, @Nullable Object>();
            item.put("n", i % 7);
            item.put("a", "k" + i % 3);
            item.put("b", i % 5 == 0 ? List.of(i, i + 1) : i);
            items.add(item);
        }
        return items;
    }

    private static Object deep(int levels) {
        Object value = 1;
        for (var i = 0; i < levels; i++) {
            value = i % 2 == 0 ? new ArrayList<>(List.of(value)) : new LinkedHashMap<>(Map.of("deep", value));
        }
        return value;
    }
}
