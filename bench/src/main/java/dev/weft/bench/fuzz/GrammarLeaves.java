package dev.weft.bench.fuzz;

import java.util.List;
import java.util.Random;

/** Parts of expressions without parts of their own. */
record GrammarLeaves(Random random, GrammarChance chance) {

    String any() {
        return switch (random.nextInt(8)) {
            case 0, 1, 2, 3 -> chance.one(GrammarWords.NAMES);
            case 4 -> chance.one(GrammarWords.NUMBERS);
            case 5 ->
                text(
                        random.nextInt(20) == 0
                                ? chance.one(GrammarWords.TEXTS).repeat(200)
                                : chance.one(GrammarWords.TEXTS));
            case 6 -> regex();
            default ->
                chance.one(
                        List.of("true", "false", "null", "`a b`", "$nosuch", "?", "function", "and", "or", "in", "λ"));
        };
    }

    String picture() {
        return chance.some(() -> chance.one(GrammarWords.PICTURES), "")
                + (random.nextInt(6) == 0 ? chance.one(GrammarWords.PICTURES).repeat(40) : "");
    }

    String regex() {
        var parts = chance.some(
                        () -> chance.one(
                                random.nextInt(15) == 0 ? GrammarWords.ROUGH_REGEX_PARTS : GrammarWords.REGEX_PARTS),
                        "")
                + chance.some(() -> chance.one(GrammarWords.REGEX_PARTS), "");
        return "/" + parts + "/" + chance.one(List.of("", "", "i", "m", "im"));
    }

    String small() {
        return Integer.toString(random.nextInt(40) - 5);
    }

    String variable() {
        return chance.one(List.of("$x", "$y", "$f", "$i", "$clone", "$string"));
    }

    static String text(String content) {
        return "\"" + content + "\"";
    }
}
