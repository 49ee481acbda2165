package dev.weft.sandbox;

/** The work failed, and the worker's answer says so; name and message are fit for the tenant. */
public final class WorkFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final boolean quoting;

    public WorkFailure(String name, String message) {
        this(name, message, false);
    }

    /** @param quoting whether the message quotes values of what was worked on, or may do so */
    public WorkFailure(String name, String message, boolean quoting) {
        super(message, null, false, false);
        this.name = name;
        this.quoting = quoting;
    }

    public String name() {
        return name;
    }

    public String text() {
        var message = getMessage();
        return message == null ? name : message;
    }

    public boolean isQuoting() {
        return quoting;
    }
}
