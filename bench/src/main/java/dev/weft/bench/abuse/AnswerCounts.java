package dev.weft.bench.abuse;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** How often what has come to pass since it was asked for last. */
final class AnswerCounts {

    private final Map<String, Integer> answers = new ConcurrentHashMap<>();

    void count(String what, int times) {
        if (times > 0) {
            answers.merge(what, times, Integer::sum);
        }
    }

    /** Whether that has come to pass at all. */
    boolean has(String what) {
        return answers.containsKey(what);
    }

    /** Tells all, and begins anew. */
    String take() {
        var counted = new TreeMap<>(answers);
        answers.clear();
        return counted.toString();
    }
}
