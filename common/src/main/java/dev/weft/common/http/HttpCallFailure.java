package dev.weft.common.http;

import dev.weft.common.egress.ShownText;

/** A call failed: the network, a time-out or our own refusal gave no answer, or the answer can not be used. */
public final class HttpCallFailure extends Exception {

    private static final long serialVersionUID = 1L;
    private static final int QUOTED = 200;
    private final String name;
    private final boolean worthRetrying;
    private final boolean quoting;

    public HttpCallFailure(String name, String message, boolean worthRetrying) {
        this(name, message, worthRetrying, false);
    }

    private HttpCallFailure(String name, String message, boolean worthRetrying, boolean quoting) {
        // The message may also be emitted as data, so passwords are removed already here.
        super(ShownText.withoutUsers(message), null, false, false);
        this.name = name;
        this.worthRetrying = worthRetrying;
        this.quoting = quoting;
    }

    /** One whose message quotes the address that was called, or what the server, or a library of it, has said. */
    static HttpCallFailure quoting(String name, String message, boolean worthRetrying) {
        return new HttpCallFailure(name, message, worthRetrying, true);
    }

    /**
     * Why a text is no address, and the text; not when it has an {@code @}: where the user of such a text ends, nobody can
     * say.
     */
    public static String reason(IllegalArgumentException why, String text) {
        if (text.isBlank() || text.indexOf('@') >= 0) {
            return why.getMessage() + ".";
        }
        return why.getMessage() + ": " + (text.length() > QUOTED ? text.substring(0, QUOTED) + "…" : text);
    }

    static HttpCallFailure tooLarge() {
        return new HttpCallFailure("HttpError", "The response is larger than 10 MiB.", false);
    }

    public String name() {
        return name;
    }

    public String text() {
        return String.valueOf(getMessage());
    }

    /** Whether the message quotes the server or its address, which may be of a message's values. */
    public boolean isQuoting() {
        return quoting;
    }

    public boolean isWorthRetrying() {
        return worthRetrying;
    }
}
