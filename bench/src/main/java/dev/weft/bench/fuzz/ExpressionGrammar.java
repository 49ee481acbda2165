package dev.weft.bench.fuzz;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes expressions of the whole language by chance: most are well formed, some have a few characters too many or too few. Ranges
 * and texts stay small, since what is to be found is no lack of memory.
 */
final class ExpressionGrammar {

    private static final int DEEPEST = 6;
    private static final List<String> NAMES = words("""
        a b n text items deep empty none elasticio date big mixed $ $$ * ** % $msg $x $y $f $i\
        """);
    private static final List<String> OPERATORS = words("""
        + - * / % = != < <= > >= & and or in .. ~> . := ?? ?:\
        """);
    private static final List<String> FUNCTIONS = words("""
        string length substring substringBefore substringAfter lowercase uppercase trim pad contains match replace split
        join base64encode base64decode encodeUrlComponent encodeUrl decodeUrlComponent decodeUrl sum count max min average
        number abs floor ceil round sqrt power random formatBase formatNumber formatInteger parseInteger now millis
        fromMillis toMillis append reverse shuffle distinct sort zip map filter single reduce keys lookup spread merge each
        sift exists type boolean not clone error assert eval getPassthrough getFlowVariables x f nosuch\
        """);
    private static final List<String> NUMBERS = words("""
        0 1 -1 2 3.5 -0.5 1e308 1e-300 9007199254740993 1e21 (1/0) (0/0) 255 1000 1510067557121 -8.64e15
        1e400 0.1 12345678901234567890\
        """);
    private static final List<String> TEXTS = List.of(
            "",
            "a",
            "abc",
            "a,b,c",
            " x  y ",
            "\\ud800",
            "\\ud83d\\ude00",
            "\\u0000",
            "%41%zz",
            "YWJj",
            "0x1F",
            "-12.5e3",
            "$1$0$$",
            "one hundred and two",
            "xiv",
            "2018-02-05T09:36:22.312+01:00",
            "12:30 pm",
            "111111111111111111111111111111x",
            "é",
            "match",
            "next",
            "{\\\"a\\\":1}",
            "Infinity",
            "٣");
    private static final List<String> PICTURES = words("""
        [Y0001] [M01] [D1o] [H#1] [h] [P] [PN] [m01] [s] [f001] [f] [Z01:01t] [z] [Z01a01] [Z0] [Fn]
        [FNn,3-3] [MNn] [Yw] [YI] [X] [W] [w] [x] [d] [E] [C] [q1] [Y9,9;9] [Y,*-100000000] [Y,2-2] [[ ]] [ -
        #,##0.00 0 ##0.0e0 % ‰ ; A a i I w Ww W ;o ;c ١ ０ 0'0 # e [Yi] [Dwo]\
        """);
    private static final List<String> REGEX_PARTS = words("""
        a b . \\d \\w \\s [a-z] [^b] (a) (?:ab) (?<n>x) ^ $ \\b | a* b+ .? x{2} y{1,3} z{2,} a*? (?=a) (?!a)
        (?<=a) (?<!b) \\/ \\u0061 \\x41 \\cA \\0 - (a*)* (a|a)* (x?){100}\
        """);
    private static final List<String> ROUGH_REGEX_PARTS = words("""
        * + ? {2} { } [ ] ( ) [/] \\k<n> \\1 {100000} \\ (?\
        """);
    private static final List<String> SIGNATURES = words("""
        <s> <n-n:n> <a<n>:n> <x+> <x+x+x+x+x+s> <f<n:n>> <(sn)?:x> <j-:x> <o?> < <(> <s-s-s-> <x?x?x?x?x?x?n>
        <a<(sn)>> <> <s<n>> <b: <l> <u>\
        """);
    private static final String NOISE = "()[]{}\"'`/\\.,;:?*+-%<>=!&|^~@#$ 0aλ\n\u2028\ud83d";

    private final Random random;

    ExpressionGrammar(Random random) {
        this.random = random;
    }

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+", -1));
    }

    String expression() {
        var text = random.nextInt(60) == 0 ? nested() : any(0);
        return random.nextInt(5) == 0 ? damaged(text) : text;
    }

    /** As deep as expressions may be, and deeper. */
    private String nested() {
        var parts = one(List.of(
                        "(|)",
                        "[|]",
                        "{\"a\":|}",
                        "-|",
                        "a.|",
                        "|+a",
                        "a?b:|",
                        "$x:=|",
                        "$f(|)",
                        "function(){|}",
                        "a[|]",
                        "|[0]",
                        "|()",
                        "a^(|)",
                        "$sum(|, 1)",
                        "|~>$f",
                        "|@$x",
                        "(a;|)",
                        "/(/|"))
                .split("\\|", -1);
        var levels = random.nextInt(2_000);
        var text = parts[0].repeat(levels) + any(3) + parts[1].repeat(levels);
        return text.length() < 65_000 ? text : any(0);
    }

    private String any(int depth) {
        if (depth >= DEEPEST) {
            return leaf();
        }
        var inner = depth + 1;
        return switch (random.nextInt(26)) {
            case 0, 1, 2 -> leaf();
            case 3, 4 -> path(inner);
            case 5 -> any(inner) + "[" + any(inner) + "]";
            case 6, 7, 8, 9 -> call(inner);
            case 10, 11 -> any(inner) + " " + one(OPERATORS) + " " + any(inner);
            case 12 -> "(" + any(inner) + ")";
            case 13 -> "[" + some(() -> any(inner), ", ") + "]";
            case 14 -> "{" + some(() -> key(inner) + ": " + any(inner), ", ") + "}";
            case 15 -> any(inner) + "{" + some(() -> key(inner) + ": " + any(inner), ", ") + "}";
            case 16 -> any(inner) + " ? " + any(inner) + (random.nextInt(4) == 0 ? "" : " : " + any(inner));
            case 17 -> "(" + some(() -> (random.nextBoolean() ? variable() + " := " : "") + any(inner), "; ") + ")";
            case 18 -> lambda(inner);
            case 19 -> "(" + lambda(inner) + ")(" + some(() -> any(inner), ", ") + ")";
            case 20 -> any(inner) + "^(" + some(() -> one(List.of("<", ">", "")) + any(inner), ", ") + ")";
            case 21 -> any(inner) + one(List.of("@$x", "#$i", "@$y.b", "#$i[$i > 0]", ".%", "[]", ".{\"i\": $i}"));
            case 22 -> transform(inner);
            case 23 -> "-" + any(inner);
            case 24 -> any(inner) + " ~> " + one(List.of("$", "")) + call(inner);
            default -> "[" + small() + ".." + small() + "]";
        };
    }

    private String leaf() {
        return switch (random.nextInt(8)) {
            case 0, 1, 2, 3 -> one(NAMES);
            case 4 -> one(NUMBERS);
            case 5 -> text(random.nextInt(20) == 0 ? one(TEXTS).repeat(200) : one(TEXTS));
            case 6 -> regex();
            default ->
                one(List.of("true", "false", "null", "`a b`", "$nosuch", "?", "function", "and", "or", "in", "λ"));
        };
    }

    private String path(int depth) {
        return some(() -> random.nextInt(3) == 0 ? any(depth) : one(NAMES), ".");
    }

    private String call(int depth) {
        var name = one(FUNCTIONS);
        var arguments = some(() -> argument(name, depth), ", ");
        return "$" + name + "(" + (random.nextInt(12) == 0 ? "" : arguments) + ")";
    }

    private String argument(String function, int depth) {
        var pictured = function.startsWith("format") || function.endsWith("Millis") || function.equals("parseInteger");
        return switch (random.nextInt(8)) {
            case 0 -> one(NAMES);
            case 1 -> one(NUMBERS);
            case 2 -> pictured ? text(picture()) : text(one(TEXTS));
            case 3 -> pictured ? text(picture()) : regex();
            case 4 -> lambda(depth);
            case 5 ->
                one(List.of(
                        "?",
                        "items",
                        "$f",
                        "[1, 2, 2]",
                        "{\"zero-digit\": \"9\", \"percent\": \"\"}",
                        "$string",
                        "$$.items.n"));
            case 6 ->
                function.equals("eval") ? text(any(depth).replace("\\", "\\\\").replace("\"", "\\\"")) : any(depth);
            default -> any(depth);
        };
    }

    private String lambda(int depth) {
        var parameters = some(this::variable, ", ");
        var signature = random.nextInt(4) == 0 ? one(SIGNATURES) : "";
        return "function(" + parameters + ")" + signature + "{" + any(depth) + "}";
    }

    private String transform(int depth) {
        return one(List.of("$", "items", "$$", "a")) + " ~> |" + any(depth) + "|" + any(depth)
                + (random.nextBoolean() ? ", " + any(depth) : "") + "|";
    }

    private String key(int depth) {
        return random.nextInt(3) == 0
                ? any(depth)
                : text(one(List.of("a", "b", "match", "start", "end", "groups", "next", "\\ud800")));
    }

    private String variable() {
        return one(List.of("$x", "$y", "$f", "$i", "$clone", "$string"));
    }

    private String small() {
        return Integer.toString(random.nextInt(40) - 5);
    }

    private String picture() {
        return some(() -> one(PICTURES), "")
                + (random.nextInt(6) == 0 ? one(PICTURES).repeat(40) : "");
    }

    private String regex() {
        var parts = some(() -> one(random.nextInt(15) == 0 ? ROUGH_REGEX_PARTS : REGEX_PARTS), "")
                + some(() -> one(REGEX_PARTS), "");
        return "/" + parts + "/" + one(List.of("", "", "i", "m", "im"));
    }

    private static String text(String content) {
        return "\"" + content + "\"";
    }

    private String some(Supplier<String> each, String between) {
        return Stream.generate(each).limit(1L + random.nextInt(3)).collect(Collectors.joining(between));
    }

    private String one(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private String damaged(String text) {
        var damaged = new StringBuilder(text);
        for (var times = 1 + random.nextInt(3); times > 0 && !damaged.isEmpty(); times--) {
            var at = random.nextInt(damaged.length());
            switch (random.nextInt(4)) {
                case 0 -> damaged.deleteCharAt(at);
                case 1 -> damaged.insert(at, NOISE.charAt(random.nextInt(NOISE.length())));
                case 2 -> damaged.setLength(at);
                default -> damaged.insert(at, damaged.substring(at, Math.min(damaged.length(), at + 10)));
            }
        }
        return damaged.toString();
    }
}
