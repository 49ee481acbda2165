package dev.weft.execution.mapping;

/** An expression can not give a value for this input; the message is fit for the tenant. */
final class ExpressionFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ExpressionFault(String message) {
        super(message, null, false, false);
    }

    String text() {
        var message = getMessage();
        return message == null ? "" : message;
    }
}
