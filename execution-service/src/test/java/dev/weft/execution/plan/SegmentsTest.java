package dev.weft.execution.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.execution.plan.Segments.Kind;
import dev.weft.execution.plan.Segments.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which steps are done together. Steps in upper case are heavy, those that end with s emit many, those with _ are sailors. */
class SegmentsTest {

    private static Map<String, String> heads(String entry, String... edges) {
        var shapes = new LinkedHashMap<String, Shape>();
        var targets = new LinkedHashMap<String, List<String>>();
        for (var edge : edges) {
            var ends = edge.split(">");
            for (var step : ends) {
                shapes.put(step, new Shape(kind(step), step.endsWith("s")));
            }
            if (ends.length == 2) {
                targets.computeIfAbsent(ends[0], _ -> new ArrayList<>()).add(ends[1]);
            }
        }
        return Segments.of(shapes, targets, entry);
    }

    private static Kind kind(String step) {
        if (step.startsWith("_")) {
            return Kind.SAILOR;
        }
        return Character.isLowerCase(step.charAt(0)) ? Kind.INLINE : Kind.HEAVY;
    }

    @Test
    void doesWhatIsInlineBehindASailorWhereItsFramesAreTaken() {
        assertThat(heads("hook", "hook>map", "map>_S", "_S>a", "a>B"))
                .isEqualTo(Map.of("hook", "hook", "map", "hook", "_S", "_S", "a", "_S", "B", "B"));
    }

    @Test
    void fusesNothingWithASailorThatIsTheTrigger() {
        assertThat(heads("_T", "_T>map", "map>B")).isEqualTo(Map.of("_T", "_T", "map", "_T", "B", "B"));
    }

    @Test
    void fusesTheFirstHeavyStepOfAnUnbranchedWay() {
        assertThat(heads("hook", "hook>map", "map>HTTP", "HTTP>reply"))
                .isEqualTo(Map.of("hook", "hook", "map", "hook", "HTTP", "hook", "reply", "hook"));
    }

    @Test
    void givesTheSecondHeavyStepAQueue() {
        assertThat(heads("hook", "hook>A", "A>map", "map>B", "B>reply"))
                .isEqualTo(Map.of("hook", "hook", "A", "hook", "map", "hook", "B", "B", "reply", "B"));
    }

    @Test
    void givesEachBranchAQueue() {
        assertThat(heads("hook", "hook>A", "hook>B")).isEqualTo(Map.of("hook", "hook", "A", "A", "B", "B"));
    }

    @Test
    void givesAHeavyStepBehindASplitterAQueue() {
        assertThat(heads("hook", "hook>splits", "splits>map", "map>A"))
                .isEqualTo(Map.of("hook", "hook", "splits", "hook", "map", "hook", "A", "A"));
    }

    @Test
    void givesAHeavyStepThatTwoWaysReachAQueue() {
        assertThat(heads("hook", "hook>a", "hook>b", "a>A", "b>A"))
                .isEqualTo(Map.of("hook", "hook", "a", "hook", "b", "hook", "A", "A"));
    }

    @Test
    void doesAllThatIsInlineAtTheTrigger() {
        assertThat(heads("hook", "hook>a", "hook>b", "b>c").values()).containsOnly("hook");
    }

    @Test
    void givesAHeavyHandlerAQueueAndSendsAnInlineOneToTheTriggers() {
        assertThat(heads("hook", "hook>a", "HANDLER>note"))
                .containsEntry("HANDLER", "HANDLER")
                .containsEntry("note", "HANDLER");
        assertThat(heads("hook", "hook>a", "handler>NOTE"))
                .containsEntry("handler", "hook")
                .containsEntry("NOTE", "NOTE");
    }

    @Test
    void letsAHeavyTriggerHaveItsOwnQueue() {
        assertThat(heads("POLL", "POLL>A")).isEqualTo(Map.of("POLL", "POLL", "A", "A"));
    }
}
