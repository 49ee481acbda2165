package dev.weft.execution.execution;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** Sorts the steps of an execution for display: each step stands behind the one whose message it got. */
final class CausalOrder {

    private CausalOrder() {}

    /**
     * Each step after the one whose message it worked on. Those whose cause is not kept come first, as a record may come
     * before that of its cause.
     */
    static List<KeptStep> of(Collection<KeptStep> steps) {
        var sorted = steps.toArray(KeptStep[]::new);
        Arrays.sort(
                sorted,
                Comparator.comparingLong(KeptStep::startedAt)
                        .thenComparingInt(step -> step.mark().attempt()));
        var known = new HashSet<String>();
        for (var step : sorted) {
            known.add(step.messageId());
        }
        var roots = new ArrayList<KeptStep>();
        var byParent = new HashMap<String, List<KeptStep>>();
        for (var step : sorted) {
            if (step.parentMessageId() == null || !known.contains(step.parentMessageId())) {
                roots.add(step);
            } else {
                byParent.computeIfAbsent(step.parentMessageId(), _ -> new ArrayList<>())
                        .add(step);
            }
        }
        return following(roots, byParent);
    }

    private static List<KeptStep> following(List<KeptStep> roots, Map<String, List<KeptStep>> byParent) {
        var ordered = new ArrayList<KeptStep>();
        var waiting = new ArrayDeque<>(roots);
        while (!waiting.isEmpty()) {
            var step = waiting.removeFirst();
            ordered.add(step);
            // The attempts of a rebound share one message id; the messages that followed hang on the first attempt.
            var children = byParent.remove(step.messageId());
            if (children != null) {
                waiting.addAll(children);
            }
        }
        return ordered;
    }
}
