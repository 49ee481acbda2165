package dev.weft.expression.value;

import org.jspecify.annotations.Nullable;

/**
 * An expression can not be read, or has no value for this input. {@link #text()} is for its author: it may name values of the
 * input, {@link #code()} never does.
 */
public final class ExpressionFault extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final String BOUND = "D1012";
    private static final String UNFORESEEN = "D1013";

    private final String code;
    private final transient @Nullable Object value;
    private final transient @Nullable Object other;
    private final int index;
    private @Nullable String token;
    private int position = -1;
    private boolean ofText;

    private ExpressionFault(
            String code,
            @Nullable String message,
            @Nullable Object value,
            @Nullable Object other,
            int index,
            @Nullable Throwable cause) {
        // Without a stack trace, which would be as deep as the expression recurses; the author gets the message and
        // nothing of Java.
        super(message, cause, false, false);
        this.code = code;
        this.value = value;
        this.other = other;
        this.index = index;
    }

    /** A bound of ours is exceeded; {@code message} says which. */
    public static ExpressionFault bound(String message) {
        return new ExpressionFault(BOUND, message, null, null, 0, null);
    }

    public static ExpressionFault tooDeep() {
        return bound("The expression is nested too deeply.");
    }

    /** What nobody has foreseen, for whoever logs it as the {@link #getCause cause}; its author learns no more than that it is so. */
    public static ExpressionFault unforeseen(Throwable cause) {
        return new ExpressionFault(
                UNFORESEEN,
                "The expression can not be evaluated: it meets a fault of this version.",
                null,
                null,
                0,
                cause);
    }

    public static ExpressionFault of(String code) {
        return new ExpressionFault(code, null, Nothing.NOTHING, Nothing.NOTHING, 0, null);
    }

    public static ExpressionFault of(String code, @Nullable Object value) {
        return new ExpressionFault(code, null, value, Nothing.NOTHING, 0, null);
    }

    public static ExpressionFault of(String code, @Nullable Object value, @Nullable Object other) {
        return new ExpressionFault(code, null, value, other, 0, null);
    }

    public static ExpressionFault ofArgument(String code, int index, @Nullable Object value) {
        return new ExpressionFault(code, null, value, Nothing.NOTHING, index, null);
    }

    /** An array with elements of another kind than {@code wanted}, the symbol of a signature. */
    public static ExpressionFault ofElements(int index, @Nullable Object value, String wanted) {
        return new ExpressionFault("T0412", null, value, wanted, index, null);
    }

    /** What {@code $error} and {@code $assert} say. */
    public static ExpressionFault said(String code, String message) {
        return new ExpressionFault(code, message, null, null, 0, null);
    }

    /** Says where in the expression it is, unless that is known; {@code what} is the function or operator there. */
    public ExpressionFault at(int where, @Nullable String what) {
        // The innermost node that knows its position sets it first, on the way out; outer nodes must not overwrite it.
        if (position < 0) {
            position = where;
        }
        if (token == null) {
            token = what;
        }
        return this;
    }

    /** JSONata's code of it: {@code T0410}. */
    public String code() {
        return code;
    }

    /**
     * For the fault of an expression that has read texts of the input as expressions: even the names in it, and what it
     * has {@code $error} say, may be words of the input.
     */
    public ExpressionFault ofText() {
        ofText = true;
        return this;
    }

    /**
     * Whether the text quotes values of the input, or may do so; a kind of value ("an array") is none. What the author has
     * {@code $error} and {@code $assert} say is the author's own word.
     */
    public boolean isQuoting() {
        return ofText
                ? !code.equals(BOUND) && !code.equals(UNFORESEEN)
                : getMessage() == null && Sentences.quotes(code, value, other);
    }

    /** Of the character in the expression, from 0; negative when unknown. */
    public int position() {
        return position;
    }

    /** The whole sentence. */
    public String text() {
        var said = getMessage();
        return said == null ? Sentences.of(code, token, index, value, other) + where() : said;
    }

    private String where() {
        return position < 0 ? " (" + code + ")" : " (" + code + " at position " + position + ")";
    }
}
