package dev.weft.expression.value;

/** An evaluation has used up its time, or makes more than it may; the caller may try again with wider limits. */
public final class ExpressionOverrun extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean memory;

    private ExpressionOverrun(String message, boolean memory) {
        super(message, null, false, false);
        this.memory = memory;
    }

    static ExpressionOverrun ofTime() {
        return new ExpressionOverrun("The expression takes too long.", false);
    }

    static ExpressionOverrun ofMemory() {
        return new ExpressionOverrun("The expression makes too much.", true);
    }

    /** It makes more than it may, else it has used up its time. */
    public boolean isOfMemory() {
        return memory;
    }
}
