package dev.weft.expression.syntax;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** An upper bound of how deep an expression nests, counted from the brackets and operators in its text. */
final class NestingDepth {

    /** For each bracket that is open, the levels that were begun in it since the last comma. */
    private final Deque<Integer> open = new ArrayDeque<>(List.of(0));

    private int depth;
    private int deepest;

    int deepest() {
        return deepest;
    }

    void pass(char operator) {
        switch (operator) {
            case '(', '[', '{' -> {
                deepen();
                open.addLast(0);
            }
            case ')', ']', '}' -> {
                if (open.size() > 1) {
                    depth -= open.removeLast();
                }
            }
            case ',', ';' -> {
                depth -= open.removeLast();
                open.addLast(0);
            }
            default -> deepen();
        }
    }

    /** One level more until the next comma: what follows an operator may lie below it, and so may what stands before it. */
    void deepen() {
        open.addLast(open.removeLast() + 1);
        depth++;
        deepest = Math.max(deepest, depth);
    }
}
