package dev.weft.execution.sandbox;

/** Work in the sandbox failed, was too greedy, or took too long; all texts are fit for the tenant. */
public final class SandboxFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final String name;
    private final String shownStack;

    public SandboxFailure(String name, String message) {
        this(name, message, "");
    }

    public SandboxFailure(String name, String message, String shownStack) {
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
