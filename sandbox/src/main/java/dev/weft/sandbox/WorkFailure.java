package dev.weft.sandbox;

/** Work failed in the worker process; name, message and stack are fit for the tenant. */
public final class WorkFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final String shownStack;

    public WorkFailure(String name, String message) {
        this(name, message, "");
    }

    public WorkFailure(String name, String message, String shownStack) {
        super(message, null, false, false);
        this.name = name;
        this.shownStack = shownStack;
    }

    public String name() {
        return name;
    }

    public String text() {
        var message = getMessage();
        return message == null ? name : message;
    }

    public String shownStack() {
        return shownStack;
    }
}
