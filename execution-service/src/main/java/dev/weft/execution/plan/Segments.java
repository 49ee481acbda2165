package dev.weft.execution.plan;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which steps one worker does together, without a queue between them.
 *
 * <p>A step is <em>inline</em> when its only effect is a publish: it is done at once in the hop that made its message.
 * A <em>sailor's</em> step is done by a process of its own; inline steps after it are done where its frames are
 * consumed. Any other step is <em>heavy</em> and has a queue. The first heavy step on an unbranched way from the
 * trigger is <em>fused</em>: the worker of the trigger's queue does it too, so that webhook, mapper, request and reply
 * are one durable hop. Unbranched: one edge out and one in at each step, and none that emits many; a redelivery then
 * repeats one outside effect at most.
 */
final class Segments {

    /** How a step is done. */
    enum Kind {
        INLINE,
        HEAVY,
        SAILOR
    }

    /** The properties of a step that decide where it is done. */
    record Shape(Kind kind, boolean emitsMany) {}

    private final Map<String, Shape> shapes;
    private final Map<String, List<String>> targets;
    private final Map<String, Integer> arriving = new HashMap<>();

    private Segments(Map<String, Shape> shapes, Map<String, List<String>> targets) {
        this.shapes = shapes;
        this.targets = targets;
        targets.values().forEach(ends -> ends.forEach(end -> arriving.merge(end, 1, Integer::sum)));
    }

    /** For each step, in order of discovery, the step whose queue its messages go to; heads map to themselves. */
    static Map<String, String> of(Map<String, Shape> shapes, Map<String, List<String>> targets, String entry) {
        var segments = new Segments(shapes, targets);
        var heads = new LinkedHashMap<String, String>();
        var fused = segments.fused(entry);
        heads.put(entry, entry);
        segments.claim(heads, entry, fused);
        for (var step : shapes.keySet()) {
            if (!segments.isInline(step) && !heads.containsKey(step)) {
                heads.put(step, step);
                segments.claim(heads, step, null);
            }
        }
        // Inline steps behind an inline error handler are done where the error happens; those of errors without a hop
        // are done at the trigger's queue.
        shapes.keySet().forEach(step -> heads.putIfAbsent(step, entry));
        return heads;
    }

    private boolean isInline(String step) {
        var shape = shapes.get(step);
        return shape != null && shape.kind() == Kind.INLINE;
    }

    private boolean isSailor(String step) {
        var shape = shapes.get(step);
        return shape != null && shape.kind() == Kind.SAILOR;
    }

    private boolean emitsMany(String step) {
        var shape = shapes.get(step);
        return shape != null && shape.emitsMany();
    }

    private List<String> targetsOf(String step) {
        return targets.getOrDefault(step, List.of());
    }

    private @Nullable String fused(String entry) {
        var step = entry;
        while (isInline(step) && !emitsMany(step)) {
            var next = targetsOf(step);
            if (next.size() != 1 || arriving.getOrDefault(next.getFirst(), 0) != 1) {
                return null;
            }
            step = next.getFirst();
            if (!isInline(step)) {
                return isSailor(step) ? null : step;
            }
        }
        return null;
    }

    /** Gives the head all that its worker reaches without another durable point. */
    private void claim(Map<String, String> heads, String head, @Nullable String fused) {
        var seen = new LinkedHashSet<String>(Set.of(head));
        var open = new ArrayDeque<String>(seen);
        while (!open.isEmpty()) {
            for (var next : targetsOf(open.remove())) {
                if ((isInline(next) || next.equals(fused)) && seen.add(next)) {
                    // An inline step behind several heads is done by each of them. A message sent to it alone, such as
                    // a retry, goes to the first head.
                    heads.putIfAbsent(next, head);
                    open.add(next);
                }
            }
        }
    }
}
