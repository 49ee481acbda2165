package dev.weft.execution.builtin.http;

/** No answer came: the network, a time-out, or a refusal of our own. */
final class HttpCallFailure extends Exception {

    private static final long serialVersionUID = 1L;
    private final String name;
    private final boolean worthRetrying;

    HttpCallFailure(String name, String message, boolean worthRetrying) {
        super(message, null, false, false);
        this.name = name;
        this.worthRetrying = worthRetrying;
    }

    String name() {
        return name;
    }

    String text() {
        return String.valueOf(getMessage());
    }

    boolean isWorthRetrying() {
        return worthRetrying;
    }
}
