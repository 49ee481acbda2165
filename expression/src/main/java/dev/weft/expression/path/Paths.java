package dev.weft.expression.path;

import dev.weft.expression.node.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the nodes of paths and their steps. */
public final class Paths {

    private Paths() {}

    public static Node path(List<Node> steps, boolean keepsSingle) {
        return new StepsNode(steps, keepsSingle);
    }

    public static Node name(int position, String name) {
        return new NameNode(position, name);
    }

    public static Node wildcard(int position) {
        return new WildcardNode(position);
    }

    public static Node descendants(int position) {
        return new DescendantsNode(position);
    }

    /** @param label the name that what an earlier step was applied to is bound to */
    public static Node parent(int position, String label) {
        return new ParentNode(position, label);
    }

    public static Node variable(int position, String name) {
        return new VariableNode(position, name);
    }

    public static Node order(int position, List<SortTerm> terms) {
        return new SortNode(position, terms);
    }

    /** The name that a path begins with; null for all others. */
    @Nullable
    public static String firstName(Node node) {
        return node instanceof StepsNode path && path.steps.getFirst() instanceof NameNode first ? first.name : null;
    }
}
