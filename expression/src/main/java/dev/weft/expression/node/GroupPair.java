package dev.weft.expression.node;

/** One key and its value as written. */
public record GroupPair(Node key, Node value) {}
