package dev.weft.execution.execution;

import dev.weft.execution.execution.Execution.ErrorState;
import dev.weft.execution.execution.Execution.KeptError;
import dev.weft.execution.record.StepRecord;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The errors of an execution: the newest are kept, older ones only counted, so that the execution fits into its
 * document.
 */
final class KeptErrors {

    static final int MOST = 1000;
    /** Characters of error texts kept whole; later ones are cut. */
    private static final int WHOLE_TEXTS = 1_000_000;

    private static final int CUT_TEXT = 200;

    /** In the order in which they came. */
    final Map<String, KeptError> byId = new LinkedHashMap<>();

    /** Open ones that are counted only. */
    int further;

    boolean isFull() {
        return byId.size() >= MOST;
    }

    void note(StepRecord step) {
        var failure = step.failure();
        // A redelivery reports its errors again, under the same ids.
        if (failure == null || byId.containsKey(failure.id())) {
            return;
        }
        if (isFull()) {
            // The oldest goes, since inputs are also kept of the newest only.
            forget(List.of(byId.keySet().iterator().next()));
        }
        var longest = textLength() < WHOLE_TEXTS ? Integer.MAX_VALUE : CUT_TEXT;
        byId.put(
                failure.id(),
                new KeptError(
                        failure.id(),
                        step.stepId(),
                        step.messageId(),
                        failure.at(),
                        cut(failure.name(), longest),
                        cut(failure.message(), longest),
                        cut(failure.stack(), longest),
                        failure.quoting(),
                        ErrorState.OPEN));
    }

    private int textLength() {
        return byId.values().stream().mapToInt(KeptError::textLength).sum();
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest);
    }

    /** Open ones are still counted, since nobody has dealt with them. */
    void forget(Collection<String> errorIds) {
        for (var id : errorIds) {
            var error = byId.remove(id);
            if (error != null && error.state() == ErrorState.OPEN) {
                further++;
            }
        }
    }

    boolean isAnyOf(String messageId) {
        return byId.values().stream().anyMatch(error -> error.messageId().equals(messageId));
    }

    boolean isAnyOpen() {
        return further > 0 || byId.values().stream().anyMatch(error -> error.state() == ErrorState.OPEN);
    }

    /** Those that are only counted, too. */
    int count() {
        return byId.size() + further;
    }
}
