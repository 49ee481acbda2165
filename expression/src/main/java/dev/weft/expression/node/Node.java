package dev.weft.expression.node;

import dev.weft.expression.value.NameScope;
import dev.weft.expression.value.Nothing;
import dev.weft.expression.value.Run;
import dev.weft.expression.value.Sequence;
import org.jspecify.annotations.Nullable;

/** A node of a compiled expression; it holds no state of an evaluation. */
public abstract class Node {

    public final int position;

    private Suffix suffix = Suffix.NONE;

    protected Node(int position) {
        this.position = position;
    }

    /** Says what stands behind it, before it is evaluated. */
    public final Node with(Suffix behind) {
        suffix = behind;
        return this;
    }

    public final Suffix suffix() {
        return suffix;
    }

    /** What it is for {@code input}, without what is behind it. */
    protected abstract @Nullable Object value(@Nullable Object input, NameScope scope);

    /** Whether its value is grouped already as is written behind it. */
    protected boolean groups() {
        return false;
    }

    public final @Nullable Object evaluate(@Nullable Object input, NameScope scope) {
        var run = scope.run;
        run.enter();
        var result = value(input, scope);
        for (var predicate : suffix.predicates()) {
            result = Filter.apply(predicate, result, scope);
        }
        var group = suffix.grouping();
        if (group != null && !groups()) {
            result = group.apply(result, scope);
        }
        // No finally: a fault ends the whole evaluation, after which this count does not matter.
        run.leave();
        if (result instanceof String text) {
            // The text may have become longer again.
            Run.checkLength(text.length());
        }
        return result instanceof Sequence sequence && sequence.found && !sequence.bindings ? single(sequence) : result;
    }

    private @Nullable Object single(Sequence sequence) {
        if (suffix.keepsArray()) {
            sequence.kept = true;
        }
        return switch (sequence.size()) {
            case 0 -> Nothing.NOTHING;
            case 1 -> sequence.kept ? sequence : sequence.getFirst();
            default -> sequence;
        };
    }
}
