package dev.weft.bench.ledger;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** What became of numbered calls. */
public final class CallBook {

    private final AtomicIntegerArray made;
    /** When the call that was acknowledged began; 0: none was. */
    private final AtomicLongArray acknowledged;

    private final AtomicReferenceArray<String> executions;
    private final Map<String, Integer> answers = new ConcurrentHashMap<>();

    CallBook(int calls) {
        this.made = new AtomicIntegerArray(calls);
        this.acknowledged = new AtomicLongArray(calls);
        this.executions = new AtomicReferenceArray<>(calls);
    }

    void made(int number, int times) {
        made.addAndGet(number, times);
    }

    void answered(String how) {
        answers.merge(how, 1, Integer::sum);
    }

    void acknowledged(int number, long begun, String execution) {
        executions.set(number, execution);
        // This comes last: who sees the call acknowledged finds its execution.
        acknowledged.set(number, begun);
    }

    public int count() {
        return made.length();
    }

    public int made(int number) {
        return made.get(number);
    }

    public boolean isAcknowledged(int number) {
        return acknowledged.get(number) != 0;
    }

    public boolean beganAfter(int number, long instant) {
        return isAcknowledged(number) && acknowledged.get(number) > instant;
    }

    /** Of an acknowledged call; empty where the answer named none. */
    public String execution(int number) {
        return executions.get(number);
    }

    /** How many attempts were answered how, by status; {@code none}: there was no answer. */
    public Map<String, Integer> answers() {
        return new TreeMap<>(answers);
    }
}
