package dev.weft.expression.path;

import dev.weft.expression.node.Node;

/** One expression to sort by. */
public record SortTerm(Node expression, boolean descending) {}
