package dev.weft.execution.step;

/**
 * A step's work failed, here or in the sandbox: an error record with this name, message and stack. All of them are fit for
 * the tenant.
 */
public final class StepFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final String name;
    private final String shownStack;
    private final boolean quoting;

    public StepFailure(String name, String message) {
        this(name, message, "");
    }

    public StepFailure(String name, String message, String shownStack) {
        this(name, message, shownStack, false);
    }

    private StepFailure(String name, String message, String shownStack, boolean quoting) {
        // It has no stack of Java: what its record shows is the step's own.
        super(message, null, false, false);
        this.name = name;
        this.shownStack = shownStack;
        this.quoting = quoting;
    }

    /**
     * @param quoting whether the message quotes values of what was worked on, or what a called server has said: only who may
     *     see messages may read it
     */
    public static StepFailure of(String name, String message, boolean quoting) {
        return new StepFailure(name, message, "", quoting);
    }

    public boolean isQuoting() {
        return quoting;
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
