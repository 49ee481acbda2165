package dev.weft.execution.step;

/**
 * The work can not be done now for a reason on our side, such as an unavailable store. It is no error of the flow: the
 * message stays in its queue and is worked on again.
 */
public final class StepUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StepUnavailable(String why) {
        super(why);
    }

    public StepUnavailable(Throwable cause) {
        super(cause.toString(), cause);
    }
}
