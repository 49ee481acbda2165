package dev.weft.bench.fuzz;

import java.util.List;
import java.util.Random;

/**
 * Makes expressions of the whole language by chance: most are well formed, some have a few characters too many or too few. Ranges
 * and texts stay small, since what is to be found is no lack of memory.
 */
final class ExpressionGrammar {

    private static final int DEEPEST = 6;

    private final Random random;
    private final GrammarChance chance;
    private final GrammarLeaves leaves;

    ExpressionGrammar(Random random) {
        this.random = random;
        this.chance = new GrammarChance(random);
        this.leaves = new GrammarLeaves(random, chance);
    }

    String expression() {
        var text = random.nextInt(60) == 0 ? nested() : any(0);
        return random.nextInt(5) == 0 ? chance.damaged(text) : text;
    }

    /** As deep as expressions may be, and deeper. */
    private String nested() {
        var parts = chance.one(GrammarWords.FRAMES).split("\\|", -1);
        var levels = random.nextInt(2_000);
        var text = parts[0].repeat(levels) + any(3) + parts[1].repeat(levels);
        return text.length() < 65_000 ? text : any(0);
    }

    private String any(int depth) {
        if (depth >= DEEPEST) {
            return leaves.any();
        }
        var inner = depth + 1;
        return switch (random.nextInt(26)) {
            case 0, 1, 2 -> leaves.any();
            case 3, 4 -> path(inner);
            case 5 -> any(inner) + "[" + any(inner) + "]";
            case 6, 7, 8, 9 -> call(inner);
            case 10, 11 -> any(inner) + " " + chance.one(GrammarWords.OPERATORS) + " " + any(inner);
            case 12 -> "(" + any(inner) + ")";
            case 13 -> "[" + chance.some(() -> any(inner), ", ") + "]";
            case 14 -> "{" + chance.some(() -> key(inner) + ": " + any(inner), ", ") + "}";
            case 15 -> any(inner) + "{" + chance.some(() -> key(inner) + ": " + any(inner), ", ") + "}";
            case 16 -> any(inner) + " ? " + any(inner) + (random.nextInt(4) == 0 ? "" : " : " + any(inner));
            case 17 ->
                "(" + chance.some(() -> (random.nextBoolean() ? leaves.variable() + " := " : "") + any(inner), "; ")
                        + ")";
            case 18 -> lambda(inner);
            case 19 -> "(" + lambda(inner) + ")(" + chance.some(() -> any(inner), ", ") + ")";
            case 20 ->
                any(inner) + "^(" + chance.some(() -> chance.one(List.of("<", ">", "")) + any(inner), ", ") + ")";
            case 21 ->
                any(inner) + chance.one(List.of("@$x", "#$i", "@$y.b", "#$i[$i > 0]", ".%", "[]", ".{\"i\": $i}"));
            case 22 -> transform(inner);
            case 23 -> "-" + any(inner);
            case 24 -> any(inner) + " ~> " + chance.one(List.of("$", "")) + call(inner);
            default -> "[" + leaves.small() + ".." + leaves.small() + "]";
        };
    }

    private String path(int depth) {
        return chance.some(() -> random.nextInt(3) == 0 ? any(depth) : chance.one(GrammarWords.NAMES), ".");
    }

    private String call(int depth) {
        var name = chance.one(GrammarWords.FUNCTIONS);
        var arguments = chance.some(() -> argument(name, depth), ", ");
        return "$" + name + "(" + (random.nextInt(12) == 0 ? "" : arguments) + ")";
    }

    private String argument(String function, int depth) {
        var pictured = function.startsWith("format") || function.endsWith("Millis") || function.equals("parseInteger");
        return switch (random.nextInt(8)) {
            case 0 -> chance.one(GrammarWords.NAMES);
            case 1 -> chance.one(GrammarWords.NUMBERS);
            case 2 ->
                pictured ? GrammarLeaves.text(leaves.picture()) : GrammarLeaves.text(chance.one(GrammarWords.TEXTS));
            case 3 -> pictured ? GrammarLeaves.text(leaves.picture()) : leaves.regex();
            case 4 -> lambda(depth);
            case 5 -> chance.one(GrammarWords.ARGUMENTS);
            case 6 ->
                function.equals("eval")
                        ? GrammarLeaves.text(any(depth).replace("\\", "\\\\").replace("\"", "\\\""))
                        : any(depth);
            default -> any(depth);
        };
    }

    private String lambda(int depth) {
        var parameters = chance.some(leaves::variable, ", ");
        var signature = random.nextInt(4) == 0 ? chance.one(GrammarWords.SIGNATURES) : "";
        return "function(" + parameters + ")" + signature + "{" + any(depth) + "}";
    }

    private String transform(int depth) {
        return chance.one(List.of("$", "items", "$$", "a")) + " ~> |" + any(depth) + "|" + any(depth)
                + (random.nextBoolean() ? ", " + any(depth) : "") + "|";
    }

    private String key(int depth) {
        return random.nextInt(3) == 0
                ? any(depth)
                : GrammarLeaves.text(
                        chance.one(List.of("a", "b", "match", "start", "end", "groups", "next", "\\ud800")));
    }
}
