package dev.weft.expression.evaluation;

import dev.weft.expression.value.NameScope;
import dev.weft.expression.value.Nothing;
import dev.weft.expression.value.Run;
import dev.weft.expression.value.Sequence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of an expression, ready to be evaluated; holds no state of an evaluation. What belongs to a step of a path is
 * here too, since any part may be one.
 */
public abstract class Node {

    final int position;

    /** Filters behind it when it is no step: {@code (..)[x]}. */
    List<Node> predicates = List.of();

    /** Filters and positions behind it as a step of a path. */
    List<Stage> stages = List.of();

    /** {@code a{k: v}}. */
    @Nullable
    Grouping grouping;

    boolean keepsArray;

    /** {@code [..]} at an end of a path. */
    boolean constructs;

    /** Whether names are bound from here on. */
    boolean bindsNames;

    /** {@code @$v}. */
    @Nullable
    String focus;

    /** {@code #$i}. */
    @Nullable
    String index;

    /** The name under which a later {@code %} finds what this step was applied to. */
    @Nullable
    String ancestor;

    Node(int position) {
        this.position = position;
    }

    /** What it is for {@code input}, without what is behind it. */
    abstract @Nullable Object value(@Nullable Object input, NameScope scope);

    public final @Nullable Object evaluate(@Nullable Object input, NameScope scope) {
        var run = scope.run;
        run.enter();
        var result = value(input, scope);
        for (var predicate : predicates) {
            result = Filter.apply(predicate, result, scope);
        }
        var group = grouping;
        // A path groups by itself, since only it has the names that were bound on its way.
        if (group != null && !(this instanceof StepsNode)) {
            result = group.apply(result, scope);
        }
        // A fault ends the whole evaluation, so that nobody misses this count after one and no finally is needed.
        run.leave();
        if (result instanceof String text) {
            // What is made of it may be longer again.
            Run.checkLength(text.length());
        }
        return result instanceof Sequence sequence && sequence.found && !sequence.bindings ? single(sequence) : result;
    }

    private @Nullable Object single(Sequence sequence) {
        if (keepsArray) {
            sequence.kept = true;
        }
        return switch (sequence.size()) {
            case 0 -> Nothing.NOTHING;
            case 1 -> sequence.kept ? sequence : sequence.getFirst();
            default -> sequence;
        };
    }

    /** What stands behind a step: a filter, or a name for the position when {@code name} is there. */
    record Stage(@Nullable Node filter, @Nullable String name) {}
}
