package dev.weft.expression.call;

import dev.weft.expression.definition.FunctionSignature;
import dev.weft.expression.node.Node;
import dev.weft.expression.value.NameScope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code function($a, $b){..}}. */
final class LambdaNode extends Node {

    final List<String> parameters;
    final Node body;
    final @Nullable FunctionSignature signature;

    LambdaNode(int position, List<String> parameters, Node body, @Nullable FunctionSignature signature) {
        super(position);
        this.parameters = parameters;
        this.body = body;
        this.signature = signature;
    }

    @Override
    protected Object value(@Nullable Object input, NameScope scope) {
        return new Lambda(this, input, scope);
    }
}
