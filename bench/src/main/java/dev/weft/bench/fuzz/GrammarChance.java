package dev.weft.bench.fuzz;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What chance does to expressions: it chooses, repeats and damages. */
record GrammarChance(Random random) {

    String some(Supplier<String> each, String between) {
        return Stream.generate(each).limit(1L + random.nextInt(3)).collect(Collectors.joining(between));
    }

    String one(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    String damaged(String text) {
        var damaged = new StringBuilder(text);
        for (var times = 1 + random.nextInt(3); times > 0 && !damaged.isEmpty(); times--) {
            var at = random.nextInt(damaged.length());
            switch (random.nextInt(4)) {
                case 0 -> damaged.deleteCharAt(at);
                case 1 -> damaged.insert(at, GrammarWords.NOISE.charAt(random.nextInt(GrammarWords.NOISE.length())));
                case 2 -> damaged.setLength(at);
                default -> damaged.insert(at, damaged.substring(at, Math.min(damaged.length(), at + 10)));
            }
        }
        return damaged.toString();
    }
}
