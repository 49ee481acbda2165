package dev.weft.expression.path;

import dev.weft.expression.node.Filter;
import dev.weft.expression.node.Stage;
import dev.weft.expression.value.NameScope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Applies the filters and positions behind a step, one after the other. */
final class Stages {

    private Stages() {}

    static Object apply(List<Stage> stages, List<?> found, NameScope scope) {
        @Nullable Object result = found;
        for (var stage : stages) {
            if (stage.filter() != null) {
                result = Filter.apply(stage.filter(), result, scope);
            } else if (stage.name() != null && result instanceof List<?> tuples) {
                result = TupleSteps.numbered(tuples, stage.name());
            }
        }
        return result == null ? List.of() : result;
    }
}
