package dev.weft.expression.call;

import dev.weft.expression.definition.FunctionSignature;
import dev.weft.expression.value.Callee;
import dev.weft.expression.value.NameScope;
import dev.weft.expression.value.Nothing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A transform as a function, with the scope of its definition. */
record Transformer(TransformNode node, NameScope scope) implements Callee {

    private static final FunctionSignature SIGNATURE = FunctionSignature.of("<(oa):o>");

    @Override
    public int arity() {
        return 1;
    }

    @Override
    public @Nullable Object call(
            List<? extends @Nullable Object> arguments, @Nullable Object context, NameScope caller) {
        var original = SIGNATURE.validate(arguments, context, caller.run).getFirst();
        return Nothing.is(original) ? original : node.transform(original, scope);
    }
}
