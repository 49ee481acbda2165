package dev.weft.execution.plan;

import dev.weft.execution.mapping.EvaluationContext;
import dev.weft.execution.mapping.Expression;
import dev.weft.execution.mapping.Mapper;
import dev.weft.execution.mapping.Truth;
import org.jspecify.annotations.Nullable;

/**
 * A compiled edge; condition and mapping both read the message as its source emitted it.
 *
 * @param id        {@code source>target}, independent of the mapping, since it is part of effect keys
 * @param condition null: every message takes the edge
 */
public record PlannedEdge(
        String id, String target, @Nullable Expression condition, Mapper mapper) {

    public boolean isOpen(EvaluationContext context) {
        return condition == null || Truth.of(condition.evaluate(context));
    }
}
