package dev.weft.execution.builtin.http;

/** No answer came, because of the network, a time-out or a refusal of our own; or one that can not be used. */
final class HttpCallFailure extends Exception {

    private static final long serialVersionUID = 1L;
    private final String name;
    private final boolean worthRetrying;

    HttpCallFailure(String name, String message, boolean worthRetrying) {
        super(message, null, false, false);
        this.name = name;
        this.worthRetrying = worthRetrying;
    }

    static HttpCallFailure tooLarge() {
        return new HttpCallFailure("HttpError", "The response is larger than 10 MiB.", false);
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
