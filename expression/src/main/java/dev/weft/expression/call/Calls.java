package dev.weft.expression.call;

import dev.weft.expression.definition.FunctionSignature;
import dev.weft.expression.node.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the nodes of function definitions, calls and partial applications. */
public final class Calls {

    /** Stands for the question mark of a partial application. It is compared by identity, so that no value of a message can pass for it. */
    public static final Object OPEN = new Object();

    private Calls() {}

    public static Node function(
            int position, List<String> parameters, Node body, @Nullable FunctionSignature signature) {
        return new LambdaNode(position, parameters, body, signature);
    }

    /** {@code left ~> right}. */
    public static Node applied(int position, Node left, Node right) {
        return new ApplyNode(position, left, right);
    }

    public static Node transform(int position, Node pattern, Node update, @Nullable Node delete) {
        return new TransformNode(position, pattern, update, delete);
    }
}
