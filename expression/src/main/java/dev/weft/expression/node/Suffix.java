package dev.weft.expression.node;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The filters, groupings and names that follow a part of an expression. Those of a step in a path are here too, since
 * any part may be a step.
 *
 * @param predicates filters when it is no step: {@code (..)[x]}
 * @param stages     filters and positions when it is a step
 * @param grouping   {@code a{k: v}}
 * @param constructs {@code [..]} at an end of a path
 * @param bindsNames whether names are bound from here on
 * @param focus      {@code @$v}
 * @param index      {@code #$i}
 * @param ancestor   the name under which a later {@code %} finds what this step was applied to
 */
public record Suffix(
        List<Node> predicates,
        List<Stage> stages,
        @Nullable Grouping grouping,
        boolean keepsArray,
        boolean constructs,
        boolean bindsNames,
        @Nullable String focus,
        @Nullable String index,
        @Nullable String ancestor) {

    static final Suffix NONE = new Suffix(List.of(), List.of(), null, false, false, false, null, null, null);

    /** Whether a step is no more than its name says. */
    public boolean isPlain() {
        return stages.isEmpty() && predicates.isEmpty() && grouping == null && !bindsNames && !keepsArray;
    }
}
