package dev.weft.expression.value;

/** An evaluation has used up its time, or makes more than it may. */
public final class ExpressionOverrun extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private ExpressionOverrun(String message) {
        super(message, null, false, false);
    }

    static ExpressionOverrun ofTime() {
        return new ExpressionOverrun("The expression takes too long.");
    }

    static ExpressionOverrun ofMemory() {
        return new ExpressionOverrun("The expression makes too much.");
    }
}
