package dev.weft.bench.fuzz;

import java.util.List;

/** The words that expressions are made of. Ranges and texts stay small, since what is to be found is no lack of memory. */
final class GrammarWords {

    static final List<String> NAMES = words("""
        a b n text items deep empty none elasticio date big mixed $ $$ * ** % $msg $x $y $f $i\
        """);
    static final List<String> OPERATORS = words("""
        + - * / % = != < <= > >= & and or in .. ~> . := ?? ?:\
        """);
    static final List<String> FUNCTIONS = words("""
        string length substring substringBefore substringAfter lowercase uppercase trim pad contains match replace split
        join base64encode base64decode encodeUrlComponent encodeUrl decodeUrlComponent decodeUrl sum count max min average
        number abs floor ceil round sqrt power random formatBase formatNumber formatInteger parseInteger now millis
        fromMillis toMillis append reverse shuffle distinct sort zip map filter single reduce keys lookup spread merge each
        sift exists type boolean not clone error assert eval getPassthrough getFlowVariables x f nosuch\
        """);
    static final List<String> NUMBERS = words("""
        0 1 -1 2 3.5 -0.5 1e308 1e-300 9007199254740993 1e21 (1/0) (0/0) 255 1000 1510067557121 -8.64e15
        1e400 0.1 12345678901234567890\
        """);
    static final List<String> TEXTS = List.of(
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
    static final List<String> PICTURES = words("""
        [Y0001] [M01] [D1o] [H#1] [h] [P] [PN] [m01] [s] [f001] [f] [Z01:01t] [z] [Z01a01] [Z0] [Fn]
        [FNn,3-3] [MNn] [Yw] [YI] [X] [W] [w] [x] [d] [E] [C] [q1] [Y9,9;9] [Y,*-100000000] [Y,2-2] [[ ]] [ -
        #,##0.00 0 ##0.0e0 % ‰ ; A a i I w Ww W ;o ;c ١ ０ 0'0 # e [Yi] [Dwo]\
        """);
    static final List<String> REGEX_PARTS = words("""
        a b . \\d \\w \\s [a-z] [^b] (a) (?:ab) (?<n>x) ^ $ \\b | a* b+ .? x{2} y{1,3} z{2,} a*? (?=a) (?!a)
        (?<=a) (?<!b) \\/ \\u0061 \\x41 \\cA \\0 - (a*)* (a|a)* (x?){100}\
        """);
    static final List<String> ROUGH_REGEX_PARTS = words("""
        * + ? {2} { } [ ] ( ) [/] \\k<n> \\1 {100000} \\ (?\
        """);
    static final List<String> SIGNATURES = words("""
        <s> <n-n:n> <a<n>:n> <x+> <x+x+x+x+x+s> <f<n:n>> <(sn)?:x> <j-:x> <o?> < <(> <s-s-s-> <x?x?x?x?x?x?n>
        <a<(sn)>> <> <s<n>> <b: <l> <u>\
        """);
    static final String NOISE = "()[]{}\"'`/\\.,;:?*+-%<>=!&|^~@#$ 0aλ\n\u2028\ud83d";

    /** What expressions may be nested in. */
    static final List<String> FRAMES = List.of(
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
            "/(/|");
    /** What functions are often given. */
    static final List<String> ARGUMENTS = List.of(
            "?", "items", "$f", "[1, 2, 2]", "{\"zero-digit\": \"9\", \"percent\": \"\"}", "$string", "$$.items.n");

    private GrammarWords() {}

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+", -1));
    }
}
