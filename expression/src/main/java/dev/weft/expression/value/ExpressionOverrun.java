package dev.weft.expression.value;

/** An evaluation has used up its time. */
public final class ExpressionOverrun extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ExpressionOverrun() {
        super("The expression takes too long.", null, false, false);
    }
}
