package dev.weft.expression.operation;

import dev.weft.expression.node.Node;

/** An operator between two values. */
abstract class BinaryNode extends Node {

    final Node left;
    final Node right;

    BinaryNode(int position, Node left, Node right) {
        super(position);
        this.left = left;
        this.right = right;
    }
}
